package org.paceline.sip.call;

import gov.nist.javax.sip.address.SipUri;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.dialog.CallFailure;
import org.paceline.sip.dialog.SipMessages;
import org.paceline.sip.stack.Hop;
import org.paceline.sip.trunk.TrunkProbe;

/**
 * Follows the redirections of one call (RFC 3261 §8.1.3.4): only for the same number, only to the trunk's own hosts and
 * those that it may name, and only a few times.
 *
 * <p>Thread: within the call's mailbox.
 */
final class Redirections {

    private static final int MOST = 2;

    private final String digits;
    private final String written;
    private final TrunkProbe trunk;
    private int followed;

    /** @param e164 the number that was judged, without plus */
    Redirections(long e164, TrunkProbe trunk) {
        digits = Long.toString(e164);
        written = trunk.identity().calleeUser(e164);
        this.trunk = trunk;
    }

    /**
     * The new destination of a call.
     *
     * @param to Request-URI
     */
    record Way(SipUri to, Hop hop) {}

    /** Returns the new destination that the refusal names, and counts it as followed; null where there is none. */
    @Nullable
    Way next(CallFailure refusal) {
        if (refusal.cause().sipStatus() / 100 != 3 || followed == MOST) {
            return null;
        }
        for (SipUri contact : refusal.signs().contacts()) {
            Hop hop = trunk.redirection(contact);
            if (hop != null && isSameNumber(contact.getUser())) {
                followed++;
                return new Way(SipMessages.uri(contact.getUser(), contact.getHost(), contact.getPort()), hop);
            }
        }
        return null;
    }

    /**
     * Whether the redirection is for the same number, as we wrote it or in E.164; another number was not judged, and is
     * not called.
     */
    private boolean isSameNumber(@Nullable String user) {
        if (user == null) {
            return false;
        }
        String number = user.split(";", 2)[0];
        return number.equals(written) || number.replaceAll("[^0-9]", "").equals(digits);
    }
}
