package org.paceline.bench.pacing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.paceline.bench.pacing.world.DayTrace;
import org.paceline.bench.report.Chart;

/** Charts of one day, in means over stretches of it, so that they can be read. */
final class DayCharts {
    private static final int MOST_STRETCHES = 240;
    private static final int MOST_TICKS = 12;
    private static final double HOUR = 3_600;

    /** How many samples are one stretch. */
    private final int looks;

    private final List<Double> x;

    private DayCharts(DayTrace day) {
        int count = day.seconds().size();
        looks = Math.max(1, (count + MOST_STRETCHES - 1) / MOST_STRETCHES);
        x = means(day.seconds());
    }

    /** Returns the charts: the agents' states with the calls in flight, the answer rate, the price. */
    static List<Chart> of(LabReport.TracedDay traced) {
        String title = traced.title();
        DayTrace day = traced.trace();
        if (day.seconds().isEmpty()) {
            return List.of();
        }
        DayCharts charts = new DayCharts(day);
        return List.of(charts.states(title, day), charts.answerRate(traced), charts.price(title, day));
    }

    private Chart states(String title, DayTrace day) {
        return chart(
                "A day: agents and calls in flight, " + title,
                "agents, calls",
                List.of(
                        new Chart.Area("talking", x, means(day.talking())),
                        new Chart.Area("wrap-up", x, means(day.wrapUp())),
                        new Chart.Area("free", x, means(day.free())),
                        new Chart.Area("paused", x, means(day.paused())),
                        new Chart.Line("calls in flight", x, means(day.ringing()))));
    }

    private Chart answerRate(LabReport.TracedDay traced) {
        List<Double> estimate = percent(traced.trace().estimatedRate());
        List<Chart.Series> series = new ArrayList<>();
        series.add(new Chart.Line("estimated", x, estimate));
        series.add(new Chart.Line("true", x, percent(traced.trace().trueRate())));
        if (!traced.answerRateDeviation().isEmpty()) {
            List<Double> deviation = percent(traced.answerRateDeviation());
            series.add(new Chart.Band("± its deviation", x, sum(estimate, deviation, -1), sum(estimate, deviation, 1)));
        }
        return chart("A day: chance of an answer, " + traced.title(), "% of calls", series);
    }

    private Chart price(String title, DayTrace day) {
        return chart(
                "A day: price, the risk that one more call may have, " + title,
                "%",
                List.of(new Chart.Line("price", x, percent(day.price()))));
    }

    private Chart chart(String title, String unit, List<Chart.Series> series) {
        return new Chart(title, "hour of the day", unit, Chart.Scale.FROM_ZERO, series, hours(), List.of());
    }

    private List<Chart.Tick> hours() {
        double last = x.getLast() / HOUR;
        double step = 0.25;
        while (last / step > MOST_TICKS) {
            step *= 2;
        }
        List<Chart.Tick> ticks = new ArrayList<>();
        double first = x.getFirst() / HOUR;
        for (double hour = first < step ? 0 : Math.ceil(first / step) * step; hour <= last + 0.1 * step; hour += step) {
            String label = hour == Math.rint(hour) ? Integer.toString((int) hour) : Double.toString(hour);
            ticks.add(new Chart.Tick(Math.clamp(hour, first, last) * HOUR, label));
        }
        return ticks;
    }

    private List<Double> percent(List<? extends Number> shares) {
        return means(shares).stream().map(share -> 100 * share).toList();
    }

    /** The values in means of a stretch each; a value that is not known (NaN) does not count. */
    private List<Double> means(List<? extends Number> values) {
        List<Double> means = new ArrayList<>();
        for (int from = 0; from < values.size(); from += looks) {
            means.add(values.subList(from, Math.min(values.size(), from + looks)).stream()
                    .mapToDouble(Number::doubleValue)
                    .filter(Double::isFinite)
                    .average()
                    .orElse(0));
        }
        return means;
    }

    private static List<Double> sum(List<Double> values, List<Double> deviations, int sign) {
        return IntStream.range(0, values.size())
                .mapToObj(i -> Math.max(0, values.get(i) + sign * deviations.get(i)))
                .toList();
    }
}
