package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.header.ReasonHeader;
import javax.sip.header.RetryAfterHeader;
import javax.sip.header.WarningHeader;
import org.paceline.dialer.call.CallCause;

/** Reads from messages why a call ended, leniently, because carriers write it in many ways. */
public final class Causes {

    /** A cause as in RFC 3326: {@code Q.850;cause=16;text="..."}; a cause has at most three digits. */
    private static final Pattern Q850 =
            Pattern.compile("q\\.?850\\s*;[^,]*?\\bcause\\s*=\\s*\"?([0-9]{1,3})(?![0-9])", Pattern.CASE_INSENSITIVE);

    private static final int MOST_CAUSE = 127;
    /**
     * Normal clearing, normal unspecified, interworking unspecified: these say nothing where another cause is given
     * too.
     */
    private static final List<Integer> VAGUE = List.of(16, 31, 127);

    private Causes() {}

    static CallCause of(SIPResponse response) {
        return new CallCause(response.getStatusCode(), q850(response), retryAfterSeconds(response));
    }

    /** Returns the cause in a BYE: no status, perhaps a Reason. */
    static CallCause of(SIPMessage request) {
        return new CallCause(0, q850(request), 0);
    }

    /** Returns the facts in a final response besides its status and cause. */
    static AnswerSigns signs(SIPResponse response) {
        return new AnswerSigns(warning(response), isByAnalytics(response), contacts(response));
    }

    /** Returns the first cause that says something, else the first cause; 0 for none. */
    private static int q850(SIPMessage message) {
        int found = 0;
        for (String reason : reasons(message)) {
            Matcher matcher = Q850.matcher(reason);
            while (matcher.find()) {
                int cause = Integer.parseInt(matcher.group(1));
                boolean isKnown = cause > 0 && cause <= MOST_CAUSE;
                if (isKnown && (found == 0 || (VAGUE.contains(found) && !VAGUE.contains(cause)))) {
                    found = cause;
                }
            }
        }
        return found;
    }

    /**
     * Whether the response is as in ATIS-1000099: a 603 whose reason phrase is "Network Blocked", or whose Reason text
     * begins with {@code v=analytics1}.
     */
    private static boolean isByAnalytics(SIPResponse response) {
        String phrase = response.getReasonPhrase();
        return (phrase != null && phrase.toLowerCase(Locale.ROOT).contains("network blocked"))
                || reasons(response).stream()
                        .anyMatch(reason -> reason.toLowerCase(Locale.ROOT).contains("analytics"));
    }

    /** Returns the values of the Reason headers, including those that are not well formed. */
    private static List<String> reasons(SIPMessage message) {
        List<String> reasons = new ArrayList<>();
        ListIterator<?> headers = message.getHeaders(ReasonHeader.NAME);
        while (headers.hasNext()) {
            if (headers.next() instanceof SIPHeader header) {
                reasons.add(header.getHeaderValue());
            }
        }
        Iterator<String> unparsed = message.getUnrecognizedHeaders();
        while (unparsed.hasNext()) {
            String header = unparsed.next();
            if (header.regionMatches(true, 0, ReasonHeader.NAME, 0, ReasonHeader.NAME.length())) {
                reasons.add(header);
            }
        }
        return reasons;
    }

    /** Returns the contacts by descending q (RFC 3261 §8.1.3.4); a contact without q has 1. */
    private static List<SipUri> contacts(SIPResponse response) {
        if (response.getStatusCode() / 100 != 3 || response.getContactHeaders() == null) {
            return List.of();
        }
        return response.getContactHeaders().stream()
                .filter(contact ->
                        contact.getAddress() != null && contact.getAddress().getURI() instanceof SipUri)
                .sorted(Comparator.comparingDouble(Causes::quality).reversed())
                .map(contact -> (SipUri) contact.getAddress().getURI())
                .toList();
    }

    private static double quality(Contact contact) {
        float quality = contact.getQValue();
        return quality < 0 ? 1 : quality;
    }

    private static int warning(SIPMessage message) {
        ListIterator<?> warnings = message.getHeaders(WarningHeader.NAME);
        return warnings.hasNext() && warnings.next() instanceof WarningHeader warning ? warning.getCode() : 0;
    }

    /** Returns the seconds of a Retry-After header, or 0. */
    public static int retryAfterSeconds(SIPMessage message) {
        return message.getHeader(RetryAfterHeader.NAME) instanceof RetryAfterHeader header
                ? Math.max(0, header.getRetryAfter())
                : 0;
    }
}
