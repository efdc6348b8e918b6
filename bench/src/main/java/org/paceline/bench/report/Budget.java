package org.paceline.bench.report;

/**
 * The bound on a figure.
 *
 * @param limit the limit, in the figure's unit
 */
public record Budget(Bound bound, double limit) {

    /** The side of the limit on which the figure must be; the limit itself is within the budget. */
    public enum Bound {
        AT_MOST,
        AT_LEAST
    }

    public static Budget atMost(double limit) {
        return new Budget(Bound.AT_MOST, limit);
    }

    public static Budget atLeast(double limit) {
        return new Budget(Bound.AT_LEAST, limit);
    }

    /** Whether that value keeps the budget; a value that is not a number does not. */
    public boolean isMetBy(double value) {
        return switch (bound) {
            case AT_MOST -> value <= limit;
            case AT_LEAST -> value >= limit;
        };
    }

    /** {@code ≤ 20} or {@code ≥ 60000}. */
    public String text() {
        return (bound == Bound.AT_MOST ? "≤ " : "≥ ") + Figure.number(limit);
    }
}
