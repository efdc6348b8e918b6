package org.paceline.bench.pacing.contender;

/** The range and the method in which the factor of a contender is looked for. */
public sealed interface Search {
    /**
     * For a factor that makes agents busier and abandons more calls the larger it is: finds the largest one that keeps
     * the limit.
     */
    record Bisection(double low, double high, double precision) implements Search {
        public Bisection {
            require(low, high, precision);
        }
    }

    /**
     * For a factor that may be too small or too large: tries factors at growing distances from the start, each about a
     * third farther than the one before, and then finer steps around the best one.
     *
     * @param from the start, near which the best is most to be expected
     * @param to the end, above or below the start
     * @param step positive
     */
    record Growing(double from, double to, double step) implements Search {
        public Growing {
            require(Math.min(from, to), Math.max(from, to), step);
        }

        /** Returns the factor that is so many steps from the start. */
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
