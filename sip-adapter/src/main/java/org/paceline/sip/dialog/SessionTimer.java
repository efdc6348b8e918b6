package org.paceline.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.netty.util.Timeout;
import java.util.function.Consumer;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.auth.Authenticator;
import org.paceline.sip.dialog.ExtensionHeaders.Interval;
import org.paceline.sip.sdp.SdpException;
import org.paceline.sip.stack.TransactionOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session timer of one dialog (RFC 4028): a call whose other side is gone without a word ends when its interval has
 * run out. One side refreshes at half the interval, by UPDATE without an offer or by re-INVITE; the other side watches.
 *
 * <p>Thread: within the call's {@link Mailbox}.
 */
final class SessionTimer {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTimer.class);
    /** Whoever watches hangs up this much before the end, or a third of the interval (RFC 4028 §10). */
    private static final long MOST_MARGIN_MILLIS = 32_000;
    /** When to ask again after 491, on the side that made the Call-ID (RFC 3261 §14.1). */
    private static final long GLARE_FROM_MILLIS = 2_100;

    private static final long GLARE_TO_MILLIS = 4_000;
    /** When to ask again after a failure that may pass. */
    private static final long RETRY_MILLIS = 10_000;

    private final CallParts parts;
    private final Dialog dialog;
    private final Consumer<String> expired;

    private int seconds;
    private boolean refreshedByUs;
    private boolean byUpdate;
    private boolean up;
    private boolean raised;
    private boolean inviting;
    private @Nullable SIPRequest reInvite;
    private @Nullable SIPRequest lastAck;
    private long lastInvite = -1;
    private @Nullable Timeout refresh;
    private @Nullable Timeout end;

    /** @param expired takes why the call is over; runs within the mailbox, once */
    SessionTimer(CallParts parts, Dialog dialog, Consumer<String> expired) {
        this.parts = parts;
        this.dialog = dialog;
        this.expired = expired;
    }

    /** The call is up: takes what the 2xx to our INVITE says (RFC 4028 §7.2). */
    void answered(SIPResponse answer) {
        up = true;
        byUpdate = ExtensionHeaders.allows(answer, Request.UPDATE);
        agreed(answer);
    }

    /**
     * Takes the interval that a re-INVITE or UPDATE asks for, and says in the 2xx who refreshes (RFC 4028 §9). A peer that
     * does not know the timer is not asked to refresh.
     */
    void accept(SIPRequest request, SIPResponse response) {
        Interval asked = ExtensionHeaders.interval(request);
        int wanted = asked == null ? seconds : asked.seconds();
        if (wanted == 0) {
            return;
        }
        String said = asked == null ? null : asked.refresher();
        boolean wantsPeer = said == null ? !refreshedByUs : said.equals("uac");
        boolean byPeer = wantsPeer && ExtensionHeaders.supports(request, ExtensionHeaders.TIMER);
        ExtensionHeaders.agree(response, wanted, byPeer ? "uac" : "uas");
        start(wanted, !byPeer);
    }

    /** Whether a re-INVITE of ours has no final response yet. */
    boolean isInviting() {
        return inviting;
    }

    /** Acknowledges a repeated 2xx to a re-INVITE of ours. */
    void repeated(SIPResponse answer) {
        SIPRequest ack = lastAck;
        if (ack != null && answer.getCSeq().getSeqNumber() == lastInvite) {
            parts.signalling().endpoint().acknowledge(ack, dialog.hop());
        }
    }

    void stop() {
        up = false;
        stopTimers();
    }

    private void agreed(SIPResponse response) {
        Interval agreed = ExtensionHeaders.interval(response);
        if (agreed == null) {
            seconds = 0;
            stopTimers();
        } else {
            start(agreed.seconds(), !"uas".equals(agreed.refresher()));
        }
    }

    private void start(int interval, boolean byUs) {
        stopTimers();
        seconds = interval;
        refreshedByUs = byUs;
        if (!up) {
            return;
        }
        long millis = interval * 1_000L;
        if (byUs) {
            refresh = after(millis / 2, this::refresh);
            end = after(millis, () -> expire("not refreshed in " + interval + " s"));
        } else {
            long margin = Math.min(MOST_MARGIN_MILLIS, millis / 3);
            end = after(millis - margin, () -> expire("the other side did not refresh in " + interval + " s"));
        }
    }

    private void refresh() {
        inviting = !byUpdate;
        try {
            parts.send(this::refreshRequest, dialog.hop(), new Refresh());
        } catch (SipException e) {
            inviting = false;
            LOG.debug(
                    "call={} event=refresh sent=no reason=\"{}\"",
                    parts.target().name(),
                    e.getMessage());
            refresh = after(RETRY_MILLIS, this::refresh);
        }
    }

    private SIPRequest refreshRequest() {
        SIPRequest request = dialog.request(inviting ? Request.INVITE : Request.UPDATE);
        request.setHeader(parts.signalling().messages().contact(dialog.hop().transport()));
        ExtensionHeaders.session(request, seconds, "uac");
        if (inviting) {
            SipMessages.body(request, parts.offers().offer());
            reInvite = request;
        }
        return request;
    }

    private void refreshed(SIPResponse response) {
        boolean invite = Request.INVITE.equals(response.getCSeq().getMethod());
        if (invite) {
            inviting = false;
        }
        int status = response.getStatusCode();
        if (invite && status < 300) {
            takeAnswer(response);
        }
        if (!up) {
            return;
        }
        switch (status) {
            case Response.REQUEST_TIMEOUT, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST ->
                expire("refresh: status " + status);
            case Response.METHOD_NOT_ALLOWED, Response.NOT_IMPLEMENTED -> {
                boolean other = byUpdate;
                byUpdate = false;
                again(other ? 0 : RETRY_MILLIS);
            }
            case ExtensionHeaders.TOO_SMALL -> {
                int least = ExtensionHeaders.leastSeconds(response);
                boolean more = !raised && least > seconds;
                raised = true;
                seconds = Math.max(seconds, least);
                again(more ? 0 : RETRY_MILLIS);
            }
            case Response.REQUEST_PENDING -> again(glareMillis());
            default -> {
                if (status < 300) {
                    dialog.refreshTarget(response);
                    agreed(response);
                } else {
                    again(RETRY_MILLIS);
                }
            }
        }
    }

    /** Acknowledges the 2xx to our re-INVITE, and takes the answer in it. */
    private void takeAnswer(SIPResponse response) {
        dialog.refreshTarget(response);
        lastInvite = response.getCSeq().getSeqNumber();
        SIPRequest ack = dialog.ack(lastInvite);
        if (reInvite != null) {
            Authenticator.copy(reInvite, ack);
        }
        lastAck = ack;
        parts.signalling().endpoint().acknowledge(ack, dialog.hop());
        if (up) {
            try {
                parts.listener().mediaChanged(parts.offers().answeredAgain(response));
            } catch (SdpException e) {
                LOG.debug("call={} event=refresh answer=\"{}\"", parts.target().name(), e.getMessage());
            }
        }
    }

    /** Refreshes again later; the end of the interval stays where it is. */
    private void again(long millis) {
        if (refresh != null) {
            refresh.cancel();
        }
        refresh = after(millis, this::refresh);
    }

    private long glareMillis() {
        long range = GLARE_TO_MILLIS - GLARE_FROM_MILLIS;
        return GLARE_FROM_MILLIS + parts.signalling().messages().positiveNumber() % range;
    }

    private void expire(String why) {
        stop();
        LOG.warn("call={} event=session-expired reason=\"{}\"", parts.target().name(), why);
        expired.accept(why);
    }

    private Timeout after(long millis, Runnable task) {
        return parts.signalling()
                .endpoint()
                .after(
                        millis,
                        () -> parts.mailbox().run(() -> {
                            if (up) {
                                task.run();
                            }
                        }));
    }

    private void stopTimers() {
        if (refresh != null) {
            refresh.cancel();
            refresh = null;
        }
        if (end != null) {
            end.cancel();
            end = null;
        }
    }

    /** Takes the responses to a refresh. */
    private final class Refresh implements TransactionOwner {

        @Override
        public void response(SIPResponse response) {
            if (response.getStatusCode() >= 200) {
                parts.mailbox().run(() -> refreshed(response));
            }
        }

        @Override
        public void timedOut(String method) {
            parts.mailbox().run(() -> {
                inviting = false;
                if (up) {
                    expire("refresh: no response");
                }
            });
        }
    }
}
