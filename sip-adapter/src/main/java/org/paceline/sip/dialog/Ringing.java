package org.paceline.sip.dialog;

/**
 * Tells from which response on a phone rings: from 180, or from 183 where no 180 comes. 181 (forwarded) and 182
 * (queued) say that no phone rings yet; other 18x count as 183 (RFC 3261 §8.1.3.2, §21.1).
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class Ringing {
    private boolean progress;
    private boolean alerting;

    /** @return whether this provisional response is the first of its kind, and a 180 has not come before */
    boolean isNews(int status) {
        if (alerting || status < 180 || status > 189 || status == 181 || status == 182) {
            return false;
        }
        boolean isNews = status == 180 || !progress;
        alerting = status == 180;
        progress = true;
        return isNews;
    }

    boolean isAlerting() {
        return alerting;
    }
}
