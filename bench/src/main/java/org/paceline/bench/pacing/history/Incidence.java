package org.paceline.bench.pacing.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The times of one kind of end among several, where some calls were given up before their end: each end is weighted by
 * the share of calls that lasted so long, divided by the calls that were still observed then (Aalen and Johansen,
 * 1978).
 */
final class Incidence {
    private Incidence() {}

    /**
     * @param seconds how long the call was observed
     * @param isEnd false where it was given up
     * @param isOfKind whether it ended in the way that is asked for
     */
    record Seen(double seconds, boolean isEnd, boolean isOfKind) {}

    /** Returns the times of ends of the kind, with their weights; empty where there was none. */
    static List<SampleLaw.Observed> of(List<Seen> calls) {
        // Of equal times, ends come first, because a call that was given up at that time was still observed.
        List<Seen> sorted = calls.stream()
                .sorted(Comparator.comparingDouble(Seen::seconds).thenComparing(Seen::isEnd, Comparator.reverseOrder()))
                .toList();
        List<SampleLaw.Observed> observed = new ArrayList<>();
        double lasting = 1;
        for (int i = 0; i < sorted.size(); i++) {
            Seen call = sorted.get(i);
            int lookedAt = sorted.size() - i;
            if (call.isEnd) {
                if (call.isOfKind) {
                    observed.add(new SampleLaw.Observed(call.seconds, lasting / lookedAt));
                }
                lasting *= 1 - 1.0 / lookedAt;
            }
        }
        return observed;
    }
}
