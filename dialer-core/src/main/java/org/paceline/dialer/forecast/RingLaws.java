package org.paceline.dialer.forecast;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.lead.LeadGroup;
import org.paceline.rules.NumberKind;

/**
 * How long calls ring until they are answered: one law for all calls, and one for each kind of number in each segment
 * as soon as there is more than one of these.
 *
 * <p>Thread: engine only.
 */
final class RingLaws {
    /** The most laws; leads of any further kind are taken to ring like all. */
    private static final int MOST_LAWS = 500;

    private final RingLaw all = new RingLaw();
    private final Map<Kind, RingLaw> laws = new HashMap<>();
    private @Nullable Kind first;

    private record Kind(@Nullable String segment, NumberKind number) {}

    RingLaw ofAll() {
        return all;
    }

    /** Returns the law of a group's calls: the law of all calls while only one kind of group was dialled. */
    RingLaw of(LeadGroup group) {
        return laws.getOrDefault(kindOf(group), all);
    }

    /** Returns the law of a call to that group that is placed now. */
    RingLaw ofPlaced(LeadGroup group) {
        Kind kind = kindOf(group);
        if (first == null) {
            first = kind;
        }
        if (laws.size() >= MOST_LAWS || (laws.isEmpty() && kind.equals(first))) {
            return of(group);
        }
        return laws.computeIfAbsent(kind, _ -> new RingLaw(all));
    }

    private static Kind kindOf(LeadGroup group) {
        return new Kind(group.segment(), group.kind());
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
