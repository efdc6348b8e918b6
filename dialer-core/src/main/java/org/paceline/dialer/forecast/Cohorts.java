package org.paceline.dialer.forecast;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.paceline.dialer.forecast.CallForecast.Dial;

/**
 * The calls of the last minute, in cohorts of calls that ring alike and were placed at about the same time. So the work
 * for each second grows with the number of ring laws, and with the calls that were given up, which are counted one by
 * one, but not with the number of all calls.
 *
 * <p>Thread: engine only.
 */
final class Cohorts {
    private static final long SECOND = 1_000_000_000L;

    /** Calls that are placed within this time of each other are treated as equally old. */
    private static final long WIDTH_NANOS = SECOND / 10;

    private final ArrayDeque<Cohort> cohorts = new ArrayDeque<>();

    /** The newest cohort of each law that was begun since the last second. */
    private final Map<RingLaw, Cohort> opened = new HashMap<>();

    /** Calls of about the same age. */
    static final class Cohort {
        private final RingLaw ring;
        private final long firstNanos;
        private final List<Dial> givenUp = new ArrayList<>(0);
        private int calls;
        private double odds;
        private double laterNanos;

        private Cohort(RingLaw ring, long firstNanos) {
            this.ring = ring;
            this.firstNanos = firstNanos;
        }

        void add(Dial dial) {
            calls++;
            odds += dial.odds();
            laterNanos += (dial.placedNanos() - firstNanos - laterNanos) / calls;
        }

        /** Removes a call that was not sent. */
        void remove(Dial dial) {
            calls--;
            odds -= dial.odds();
        }

        /** Counts the call, which was given up, by itself from now on. */
        void givenUp(Dial dial) {
            calls--;
            odds -= dial.odds();
            givenUp.add(dial);
        }

        private double ageSeconds(long nowNanos) {
            return (nowNanos - firstNanos - laterNanos) / 1e9;
        }

        private double second(long nowNanos, RingLaws rings) {
            double exposure = 0;
            if (calls > 0) {
                double to = ageSeconds(nowNanos);
                exposure = expose(rings, Math.max(0, to - 1), to, calls, odds);
            }
            for (Dial dial : givenUp) {
                double to = (nowNanos - dial.placedNanos()) / 1e9;
                double from = Math.max(0, to - 1);
                double until = Math.clamp(dial.givenUpSeconds(), from, to);
                double taken = 1 - dial.standsFor();
                exposure += expose(rings, from, until, 1, dial.odds())
                        + expose(rings, until, to, taken, taken * dial.odds());
            }
            return exposure;
        }

        private double expose(RingLaws rings, double from, double to, double calls, double odds) {
            if (to <= from) {
                return 0;
            }
            rings.reached(ring, from, to, calls);
            return odds * (ring.within(to) - ring.within(from));
        }
    }

    /** Returns the cohort that a call placed now belongs to. */
    Cohort at(RingLaw ring, long nowNanos) {
        Cohort open = opened.get(ring);
        if (open == null || nowNanos - open.firstNanos >= WIDTH_NANOS) {
            open = new Cohort(ring, nowNanos);
            opened.put(ring, open);
            cohorts.addLast(open);
        }
        return open;
    }

    boolean isEmpty() {
        return cohorts.isEmpty();
    }

    /**
     * A second has passed: tells the ring laws how many calls reached which age.
     *
     * @return the answers that there would have been at a rate of one
     */
    double second(long nowNanos, RingLaws rings) {
        double exposure = 0;
        for (Cohort cohort : cohorts) {
            exposure += cohort.second(nowNanos, rings);
        }
        opened.clear(); // from now on their age is known
        while (!cohorts.isEmpty() && nowNanos - cohorts.getFirst().firstNanos > RingLaw.SECONDS * SECOND) {
            cohorts.removeFirst();
        }
        return exposure;
    }
}
