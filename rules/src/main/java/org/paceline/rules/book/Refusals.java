package org.paceline.rules.book;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.Verdict.Refused;

/** Chooses which of several refusals is returned. */
final class Refusals {
    private Refusals() {}

    /**
     * Returns the refusal that ends last; of those that end together, the first by the catalogue, then the first given.
     */
    static @Nullable Refused later(@Nullable Refused first, @Nullable Refused second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        if (first.retryAtEpochMillis() != second.retryAtEpochMillis()) {
            return first.retryAtEpochMillis() > second.retryAtEpochMillis() ? first : second;
        }
        return second.rule().compareTo(first.rule()) < 0 ? second : first;
    }
}
