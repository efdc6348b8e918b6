package org.paceline.sip.dialog;

/**
 * What a final response says beside its status and cause.
 *
 * @param warning the first code of its Warning header (RFC 3261 §20.43), or 0
 * @param byAnalytics whether a network that judges caller IDs says that it blocked the call (ATIS-1000099: 603 "Network Blocked")
 */
public record AnswerSigns(int warning, boolean byAnalytics) {
    public static final AnswerSigns NONE = new AnswerSigns(0, false);
}
