package org.paceline.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One result of a run.
 *
 * @param name its key in {@code summary.json}, for example {@code eventToEffects.p99}
 * @param title for people
 * @param unit for example {@code µs}; empty for a plain number
 * @param budget the bound on it, or null
 */
public record Figure(
        String name,
        String title,
        double value,
        String unit,
        @Nullable Budget budget) {

    public static Figure of(String name, String title, double value, String unit) {
        return new Figure(name, title, value, unit, null);
    }

    /** Returns the same figure with a budget. */
    public Figure within(Budget what) {
        return new Figure(name, title, value, unit, what);
    }

    public boolean missesBudget() {
        return budget != null && !budget.isMetBy(value);
    }

    /** {@code 12.3 µs}. */
    public String text() {
        return unit.isEmpty() ? number(value) : number(value) + " " + unit;
    }

    /** The value with its budget beside it: {@code 12.3 µs (≤ 20: met)}. */
    public String verdict() {
        return budget == null
                ? text()
                : text() + " (" + budget.text() + ": " + (missesBudget() ? "missed" : "met") + ")";
    }

    /** Writes three significant digits for a value below 1000, else a whole number with commas. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (Math.abs(value) >= 1_000 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return new BigDecimal(value)
                .round(new MathContext(3, RoundingMode.HALF_UP))
                .stripTrailingZeros()
                .toPlainString();
    }
}
