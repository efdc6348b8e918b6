package org.paceline.dialer.campaign;

import org.jspecify.annotations.Nullable;

/**
 * What a campaign's calls are about, and what may become of them.
 *
 * @param matter one line, kept with each call, or null
 * @param dispositions what agents may say of a call
 * @param callbacks how promised calls are kept
 */
public record CallTerms(@Nullable String matter, Dispositions dispositions, CallbackTerms callbacks) {
    /** No matter, any disposition. */
    public static final CallTerms FREE = new CallTerms(null, Dispositions.FREE, CallbackTerms.DEFAULT);
}
