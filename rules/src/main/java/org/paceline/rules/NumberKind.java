package org.paceline.rules;

/** Kinds of line, as numbering plans tell them apart. */
public enum NumberKind {
    FIXED_LINE,
    MOBILE,
    /** The plan does not tell (North America, for one). */
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
