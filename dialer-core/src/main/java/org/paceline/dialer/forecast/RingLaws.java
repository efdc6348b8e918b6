package org.paceline.dialer.forecast;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberKind;

/**
 * How long calls ring until they are answered: a law of all, and one of each kind of number in each segment, as soon as there
 * is more than one of these.
 *
 * <p>Thread: engine only.
 */
final class RingLaws {
    /** Records of any further kind ring like all. */
    private static final int MOST_LAWS = 500;

    private final RingLaw all = new RingLaw();
    private final Map<Kind, RingLaw> laws = new HashMap<>();
    private @Nullable Kind first;

    private record Kind(@Nullable Object segment, NumberKind number) {}

    RingLaw ofAll() {
        return all;
    }

    /** The law of a group's calls: that of all while there is but one kind of group. */
    RingLaw of(RecordGroup group) {
        Kind kind = new Kind(group.segment(), group.kind());
        if (first == null) {
            first = kind;
        }
        if (laws.isEmpty() && kind.equals(first)) {
            return all;
        }
        RingLaw known = laws.get(kind);
        if (known != null) {
            return known;
        }
        if (laws.size() >= MOST_LAWS) {
            return all;
        }
        RingLaw law = new RingLaw(all);
        laws.put(kind, law);
        return law;
    }

    void answeredAfter(RingLaw law, double seconds) {
        all.answeredAfter(seconds);
        if (law != all) {
            law.answeredAfter(seconds);
        }
    }

    /** As {@link RingLaw#reached}. */
    void reached(RingLaw law, double fromSeconds, double toSeconds, double calls) {
        all.reached(fromSeconds, toSeconds, calls);
        if (law != all) {
            law.reached(fromSeconds, toSeconds, calls);
        }
    }

    /** Takes what was learnt in the last second into account. */
    void learn() {
        all.learn();
    }
}
