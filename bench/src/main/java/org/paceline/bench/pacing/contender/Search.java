package org.paceline.bench.pacing.contender;

/** Where, and how, the factor of a contender is looked for. */
public sealed interface Search {
    /** Of what abandons the more the larger it is, and is the busier too: the largest that keeps the limit. */
    record Bisection(double low, double high, double precision) implements Search {
        public Bisection {
            require(low, high, precision);
        }
    }

    /**
     * Of what may be too small and too large: at first so many steps from the start as each is a third or so more than the
     * one before, then ever finer ones around the best.
     *
     * @param from where most is to be expected
     * @param to above or under it
     * @param step positive
     */
    record Growing(double from, double to, double step) implements Search {
        public Growing {
            require(Math.min(from, to), Math.max(from, to), step);
        }

        /** So many steps from the start. */
        public double at(long steps) {
            return from + Math.copySign(steps * step, to - from);
        }

        public long last() {
            return Math.round(Math.abs(to - from) / step);
        }
    }

    private static void require(double low, double high, double step) {
        if (!(low < high && step > 0 && step < high - low)) {
            throw new IllegalArgumentException(
                    "low=" + low + " high=" + high + " step=" + step + ": low must be under high, step within");
        }
    }
}
