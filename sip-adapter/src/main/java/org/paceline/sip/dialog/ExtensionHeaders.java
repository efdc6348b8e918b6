package org.paceline.sip.dialog;

import gov.nist.javax.sip.header.RAck;
import gov.nist.javax.sip.header.RSeq;
import gov.nist.javax.sip.header.Reason;
import gov.nist.javax.sip.header.Require;
import gov.nist.javax.sip.header.Supported;
import gov.nist.javax.sip.header.extensions.MinSE;
import gov.nist.javax.sip.header.extensions.SessionExpires;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.header.AllowHeader;
import javax.sip.header.RSeqHeader;
import javax.sip.header.RequireHeader;
import javax.sip.header.SupportedHeader;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** The header fields of the SIP extensions that we have. Thread: any. */
final class ExtensionHeaders {

    /** Reliable provisional responses (RFC 3262). */
    static final String RELIABLE = "100rel";

    /** Session timers (RFC 4028). */
    static final String TIMER = "timer";

    /** The option tags that another side may require of us within a call, in lower case. */
    static final Set<String> SUPPORTED = Set.of(RELIABLE, TIMER);

    /** The option tags that a REGISTER may require of us (RFC 3327, RFC 5626). */
    static final Set<String> OF_REGISTER = Set.of("path", "outbound");

    /** The status of a response that asks for a longer interval: 422 (RFC 4028 §6). */
    static final int TOO_SMALL = 422;

    /**
     * A session interval (RFC 4028 §4).
     *
     * @param refresher {@code uac} or {@code uas}, of the message's transaction; null where it says neither
     */
    record Interval(int seconds, @Nullable String refresher) {}

    private ExtensionHeaders() {}

    /** Says in an INVITE which extensions we offer and require. */
    static void announce(SIPRequest invite, SipExtensions extensions) {
        switch (extensions.reliable()) {
            case OFFER -> invite.addHeader(new Supported(RELIABLE));
            case REQUIRE -> {
                invite.addHeader(new Supported(RELIABLE));
                invite.addHeader(new Require(RELIABLE));
            }
            case OFF -> {}
        }
        if (extensions.sessionExpiresSeconds() > 0) {
            session(invite, extensions.sessionExpiresSeconds(), null);
        }
    }

    /**
     * Asks in a request for a session interval.
     *
     * @param refresher null to leave the choice to the other side
     */
    static void session(SIPRequest request, int seconds, @Nullable String refresher) {
        if (!supports(request, TIMER)) {
            request.addHeader(new Supported(TIMER));
        }
        request.setHeader(sessionExpires(seconds, refresher));
        request.setHeader(minimum(SipExtensions.LEAST_SESSION_SECONDS));
    }

    /** Asks in an INVITE for the interval that a 422 wants at least. */
    static void sessionAtLeast(SIPRequest invite, int least) {
        Interval asked = interval(invite);
        session(invite, asked == null ? least : Math.max(asked.seconds(), least), null);
        invite.setHeader(minimum(least));
    }

    /** Says in a 2xx which interval is agreed on; where the other side refreshes, it has to know how. */
    static void agree(SIPResponse response, int seconds, String refresher) {
        response.setHeader(sessionExpires(seconds, refresher));
        response.addHeader(new Supported(TIMER));
        if (refresher.equals("uac")) {
            response.addHeader(new Require(TIMER));
        }
    }

    /** Returns the session interval in a message, or null. */
    static @Nullable Interval interval(SIPMessage message) {
        if (!(message.getHeader(SessionExpires.NAME) instanceof SessionExpires header) || header.getExpires() <= 0) {
            return null;
        }
        String refresher = header.getRefresher();
        return new Interval(header.getExpires(), refresher == null ? null : refresher.toLowerCase(Locale.ROOT));
    }

    /** Returns the interval that a message names as the shortest, or 0. */
    static int leastSeconds(SIPMessage message) {
        return message.getHeader(MinSE.NAME) instanceof MinSE header ? header.getExpires() : 0;
    }

    static MinSE minimum(int seconds) {
        MinSE header = new MinSE();
        try {
            header.setExpires(seconds);
        } catch (InvalidArgumentException e) {
            throw new IllegalArgumentException("Min-SE " + seconds + ": " + e.getMessage(), e);
        }
        return header;
    }

    private static SessionExpires sessionExpires(int seconds, @Nullable String refresher) {
        SessionExpires header = new SessionExpires();
        try {
            header.setExpires(seconds);
        } catch (InvalidArgumentException e) {
            throw new IllegalArgumentException("Session-Expires " + seconds + ": " + e.getMessage(), e);
        }
        if (refresher != null) {
            header.setRefresher(refresher);
        }
        return header;
    }

    /** Says in a BYE why the call is broken off (RFC 3326): a time-out, in SIP's words. */
    static void reason(SIPRequest bye, String text) {
        Reason reason = new Reason();
        try {
            reason.setProtocol("SIP");
            reason.setCause(Response.REQUEST_TIMEOUT);
            reason.setText(text);
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalArgumentException("Reason cannot be built: " + e.getMessage(), e);
        }
        bye.addHeader(reason);
    }

    static boolean supports(SIPMessage message, String tag) {
        ListIterator<?> supported = message.getHeaders(SupportedHeader.NAME);
        while (supported.hasNext()) {
            if (supported.next() instanceof SupportedHeader header
                    && tag.equals(header.getOptionTag().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    static boolean allows(SIPMessage message, String method) {
        ListIterator<?> allowed = message.getHeaders(AllowHeader.NAME);
        while (allowed.hasNext()) {
            if (allowed.next() instanceof AllowHeader header && method.equalsIgnoreCase(header.getMethod())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the RSeq of a provisional response that is sent reliably (RFC 3262 §7.1), or −1 where it is not: 100
     * never is, nor one without a tag, which belongs to no dialog.
     */
    static long reliableSequence(SIPResponse provisional) {
        boolean mayBe = provisional.getStatusCode() > 100 && provisional.getToTag() != null;
        return mayBe
                        && requires(provisional, RELIABLE)
                        && provisional.getHeader(RSeqHeader.NAME) instanceof RSeq sequence
                ? sequence.getSeqNumber()
                : -1;
    }

    /** Says in a PRACK which response it acknowledges (RFC 3262 §7.2). */
    static void acknowledges(SIPRequest prack, SIPResponse provisional) {
        RAck acknowledged = new RAck();
        try {
            acknowledged.setRSequenceNumber(reliableSequence(provisional));
            acknowledged.setCSequenceNumber(provisional.getCSeq().getSeqNumber());
            acknowledged.setMethod(provisional.getCSeq().getMethod());
        } catch (InvalidArgumentException | ParseException e) {
            throw new IllegalArgumentException("RAck cannot be built: " + e.getMessage(), e);
        }
        prack.setHeader(acknowledged);
    }

    private static boolean requires(SIPMessage message, String tag) {
        ListIterator<?> required = message.getHeaders(RequireHeader.NAME);
        while (required.hasNext()) {
            if (required.next() instanceof RequireHeader header
                    && tag.equals(header.getOptionTag().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }
}
