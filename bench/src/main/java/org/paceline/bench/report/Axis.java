package org.paceline.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Turns values into shares of an axis' length, 0 to 1.
 *
 * @param from the value at its begin; for a logarithmic axis the power of ten
 * @param steps the steps between its marks
 */
record Axis(double from, double to, int steps, boolean isLogarithmic) {
    private static final int MOST_STEPS = 6;

    /**
     * Makes an axis of powers of ten.
     *
     * @param smallest more than 0
     */
    static Axis logarithmic(double smallest, double largest) {
        double from = largest > 0 ? Math.floor(Math.log10(smallest)) : 0;
        double to = largest > 0 ? Math.max(from + 1, Math.ceil(Math.log10(largest))) : 1;
        return new Axis(from, to, (int) (to - from), true);
    }

    /** Makes an axis with round steps that both values lie within. */
    static Axis round(double smallest, double largest) {
        double to = largest > smallest ? largest : smallest + 1;
        double step = step(to - smallest);
        double first = Math.floor(smallest / step + 1e-9);
        double last = Math.ceil(to / step - 1e-9);
        return new Axis(first * step, last * step, (int) (last - first), false);
    }

    /** Returns a step of 1, 2, 2.5 or 5 times a power of ten, so that there are at most about six steps. */
    private static double step(double length) {
        double power = Math.pow(10, Math.floor(Math.log10(length / MOST_STEPS)));
        for (double factor : new double[] {1, 2, 2.5, 5}) {
            if (length <= MOST_STEPS * factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** The values of its marks. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        for (int i = 0; i <= steps; i++) {
            double at = from + (to - from) * i / steps;
            marks.add(isLogarithmic ? Math.pow(10, at) : at);
        }
        return marks;
    }

    double share(double value) {
        double at = isLogarithmic ? (value > 0 ? Math.log10(value) : from) : value;
        return Math.clamp((at - from) / (to - from), 0, 1);
    }
}
