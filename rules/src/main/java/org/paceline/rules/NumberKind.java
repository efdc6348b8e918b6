package org.paceline.rules;

/** Kinds of line, as numbering plans tell them apart. */
public enum NumberKind {
    FIXED_LINE,
    MOBILE,
    /** A line of which the plan does not tell whether it is fixed or mobile (North America, for one). */
    FIXED_LINE_OR_MOBILE,
    TOLL_FREE,
    PREMIUM_RATE,
    SHARED_COST,
    VOIP,
    PERSONAL,
    PAGER,
    UAN,
    VOICEMAIL,
    UNKNOWN
}
