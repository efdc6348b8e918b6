package org.paceline.dialer.campaign;

import org.jspecify.annotations.Nullable;

/**
 * The matter of a campaign's calls, and their possible results.
 *
 * @param matter one line, kept with each call, or null
 * @param dispositions what agents may say of a call
 * @param callbacks how promised calls are kept
 */
public record CallTerms(@Nullable String matter, Dispositions dispositions, CallbackTerms callbacks) {
    /** Terms without a matter, and with any disposition allowed. */
    public static final CallTerms FREE = new CallTerms(null, Dispositions.FREE, CallbackTerms.DEFAULT);
}
