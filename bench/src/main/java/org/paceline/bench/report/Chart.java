package org.paceline.bench.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A chart of one or more series, drawn in their order.
 *
 * @param ticks labels of the x axis; empty for plain numbers
 * @param limits lines across the chart that values are compared with
 */
public record Chart(
        String title,
        String xTitle,
        String yTitle,
        Scale yScale,
        List<Series> series,
        List<Tick> ticks,
        List<Limit> limits) {

    /** The scale of a y axis. */
    public enum Scale {
        FROM_ZERO,
        /** Values of 0 are drawn at its foot. */
        LOGARITHMIC,
        /** The axis goes from about the least value to about the largest. */
        FITTED
    }

    /** The part of a chart that is drawn under one name. */
    public sealed interface Series {
        String name();

        List<Double> x();

        /** Its largest values, as long as {@link #x}. */
        List<Double> y();
    }

    /** A named line; x and y are equally long, x rises. */
    public record Line(String name, List<Double> x, List<Double> y) implements Series {
        public Line {
            x = List.copyOf(x);
            y = List.copyOf(y);
        }
    }

    /** Points with a label each, all lists equally long, joined in their order by a faint line. */
    public record Points(String name, List<Double> x, List<Double> y, List<String> labels) implements Series {
        public Points {
            x = List.copyOf(x);
            y = List.copyOf(y);
            labels = List.copyOf(labels);
        }
    }

    /** An area that stands on the areas before it; all areas of a chart have the same x, which rises. */
    public record Area(String name, List<Double> x, List<Double> y) implements Series {
        public Area {
            x = List.copyOf(x);
            y = List.copyOf(y);
        }
    }

    /** The area between a lower and an upper line. */
    public record Band(String name, List<Double> x, List<Double> low, List<Double> y) implements Series {
        public Band {
            x = List.copyOf(x);
            low = List.copyOf(low);
            y = List.copyOf(y);
        }
    }

    /** A label of the x axis. */
    public record Tick(double x, String label) {}

    /** A value of the x axis that should not be passed. */
    public record Limit(String name, double x) {}

    public Chart {
        series = List.copyOf(series);
        ticks = List.copyOf(ticks);
        limits = List.copyOf(limits);
    }

    /** Makes a chart of lines alone, from zero or logarithmic. */
    public Chart(String title, String xTitle, String yTitle, boolean yLogarithmic, List<Line> lines, List<Tick> ticks) {
        this(
                title,
                xTitle,
                yTitle,
                yLogarithmic ? Scale.LOGARITHMIC : Scale.FROM_ZERO,
                List.copyOf(lines),
                ticks,
                List.of());
    }

    private static final double[] SHARES = {0, 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999};

    /**
     * A latency in the usual form: the value over the share of events that took no longer, each step of the x axis ten
     * times rarer.
     *
     * @param nanosPerUnit what a unit of the y axis is
     */
    public static Chart ofPercentiles(
            String title, String unit, double nanosPerUnit, List<String> names, List<Histogram> nanos) {
        List<Line> lines = new ArrayList<>();
        double rarest = 1;
        for (int i = 0; i < names.size(); i++) {
            Line line = percentiles(names.get(i), nanos.get(i), nanosPerUnit);
            lines.add(line);
            rarest = Math.max(rarest, line.x.getLast());
        }
        List<Tick> ticks = new ArrayList<>();
        for (double share : SHARES) {
            if (position(share) <= rarest) {
                ticks.add(new Tick(position(share), percent(share)));
            }
        }
        return new Chart(title, "share of events that took no longer", unit, true, lines, ticks);
    }

    /** Writes all digits, because 99.99 % must not read 100 %. */
    private static String percent(double share) {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    private static Line percentiles(String name, Histogram nanos, double nanosPerUnit) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        long count = Math.max(1, nanos.getTotalCount());
        double last = position(1 - 1.0 / Math.max(10, count));
        for (double at = 0; at <= last; at += 0.05) {
            x.add(at);
            y.add(nanos.getValueAtPercentile((1 - Math.pow(10, -at)) * 100) / nanosPerUnit);
        }
        x.add(last);
        y.add(nanos.getMaxValue() / nanosPerUnit);
        return new Line(name, x, y);
    }

    /** Returns the place of a share of 0–1: 0 at 0, 1 at 90 %, 2 at 99 %. */
    private static double position(double share) {
        return -Math.log10(1 - share);
    }

    /** Makes a chart of something counted or measured second by second. */
    public static Chart bySecond(String title, String unit, boolean logarithmic, List<Line> lines) {
        return new Chart(title, "second of the run", unit, logarithmic, lines, List.of());
    }

    /** Makes a line of one value a second, the first at second 1. */
    public static Line seconds(String name, List<Double> values) {
        List<Double> x = new ArrayList<>();
        for (int second = 1; second <= values.size(); second++) {
            x.add((double) second);
        }
        return new Line(name, x, values);
    }
}
