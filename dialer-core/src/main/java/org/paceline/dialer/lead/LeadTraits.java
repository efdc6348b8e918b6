package org.paceline.dialer.lead;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.LeadFacts;

/**
 * The facts that the list gives about a lead besides its number.
 *
 * @param named whether the person's name is known
 * @param grade such as {@code A}, or null for none
 * @param consentEpochMillis since when the person consents to be called, epoch milliseconds; {@link #NO_CONSENT} for
 * never
 * @param callback the call that was promised to the lead, or null
 * @param segment of the list, such as the source of its leads, for the forecast of answers; null for none
 * @param place in the campaign's order of the list: a lower one comes first; leads with the same place may be dialled
 * in any order
 */
public record LeadTraits(
        boolean named,
        @Nullable String grade,
        long consentEpochMillis,
        LeadKind kind,
        @Nullable Callback callback,
        @Nullable String segment,
        int place) {
    public static final long NO_CONSENT = LeadFacts.NEVER;

    /** A lead to whom no call was promised. */
    public LeadTraits(boolean named, @Nullable String grade, long consentEpochMillis, LeadKind kind) {
        this(named, grade, consentEpochMillis, kind, null);
    }

    /** A lead without a segment, in a list whose order does not matter. */
    public LeadTraits(
            boolean named,
            @Nullable String grade,
            long consentEpochMillis,
            LeadKind kind,
            @Nullable Callback callback) {
        this(named, grade, consentEpochMillis, kind, callback, null, 0);
    }

    /** The same traits at another place of the list. */
    public LeadTraits at(int otherPlace) {
        return new LeadTraits(named, grade, consentEpochMillis, kind, callback, segment, otherPlace);
    }

    /** The traits of a lead of which only the number is known. */
    public static final LeadTraits NONE = new LeadTraits(false, null, NO_CONSENT, LeadKind.NEW);
}
