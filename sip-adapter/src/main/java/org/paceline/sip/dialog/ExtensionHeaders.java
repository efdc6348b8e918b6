package org.paceline.sip.dialog;

import gov.nist.javax.sip.header.RAck;
import gov.nist.javax.sip.header.RSeq;
import gov.nist.javax.sip.header.Require;
import gov.nist.javax.sip.header.Supported;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Set;
import javax.sip.InvalidArgumentException;
import javax.sip.header.RSeqHeader;
import javax.sip.header.RequireHeader;

/** The header fields of the SIP extensions that we have. Thread: any. */
final class ExtensionHeaders {

    /** Reliable provisional responses (RFC 3262). */
    static final String RELIABLE = "100rel";

    /** The option tags that another side may require of us within a call, in lower case. */
    static final Set<String> SUPPORTED = Set.of(RELIABLE);

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
