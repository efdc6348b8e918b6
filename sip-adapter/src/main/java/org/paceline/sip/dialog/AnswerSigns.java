package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import java.util.List;

/**
 * The facts in a final response besides its status and cause.
 *
 * @param warning the first code of its Warning header (RFC 3261 §20.43), or 0
 * @param byAnalytics whether a network that judges caller IDs says that it blocked the call (ATIS-1000099: 603 "Network
 * Blocked")
 * @param contacts where a redirection (3xx) leads, the best first
 */
public record AnswerSigns(int warning, boolean byAnalytics, List<SipUri> contacts) {
    public static final AnswerSigns NONE = new AnswerSigns(0, false);

    public AnswerSigns {
        contacts = List.copyOf(contacts);
    }

    /** The signs of a response that names no other destination. */
    public AnswerSigns(int warning, boolean byAnalytics) {
        this(warning, byAnalytics, List.of());
    }
}
