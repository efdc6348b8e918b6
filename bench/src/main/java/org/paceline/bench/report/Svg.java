package org.paceline.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** Draws charts as SVG for an HTML page; colours come from the page's style sheet. */
final class Svg {
    /** How many colours the style sheet has; series after them are dashed. */
    static final int COLOURS = 10;

    private static final double WIDTH = 720;
    private static final double HEIGHT = 300;
    private static final double LEFT = 64;
    private static final double RIGHT = 16;
    private static final double TOP = 16;
    private static final double BOTTOM = 44;

    private final Chart chart;
    private final StringBuilder out = new StringBuilder(4096);
    private final List<List<Double>> floors = new ArrayList<>();
    private final List<List<Double>> tops = new ArrayList<>();
    private final Axis y;
    private final double xFrom;
    private final double xTo;
    private final List<Chart.Tick> ticks;

    private Svg(Chart chart) {
        this.chart = chart;
        stack();
        this.y = yAxisOf();
        double from = Double.MAX_VALUE;
        double to = -Double.MAX_VALUE;
        for (Chart.Series series : chart.series()) {
            for (double x : series.x()) {
                from = Math.min(from, x);
                to = Math.max(to, x);
            }
        }
        for (Chart.Limit limit : chart.limits()) {
            from = Math.min(from, 0);
            to = Math.max(to, limit.x() * 1.1);
        }
        if (from >= to) {
            from = 0;
            to = 1;
        }
        Axis plain = Axis.round(from, to);
        boolean isScatter = chart.series().stream().anyMatch(Chart.Points.class::isInstance);
        this.xFrom = isScatter ? plain.from() : from;
        this.xTo = isScatter ? plain.to() : to;
        this.ticks = chart.ticks().isEmpty()
                ? plain.marks().stream()
                        .filter(value -> value >= xFrom - 1e-9 && value <= xTo + 1e-9)
                        .map(value -> new Chart.Tick(value, Figure.number(value)))
                        .toList()
                : chart.ticks();
    }

    static String of(Chart chart) {
        Svg svg = new Svg(chart);
        svg.draw();
        return svg.out.toString();
    }

    /**
     * Computes each series' foot and head: areas stand on those before, bands on their lower line, others on nothing.
     */
    private void stack() {
        List<Double> head = List.of();
        for (Chart.Series series : chart.series()) {
            switch (series) {
                case Chart.Area area -> {
                    List<Double> foot =
                            head.isEmpty() ? area.x().stream().map(_ -> 0.0).toList() : head;
                    List<Double> sum = new ArrayList<>();
                    for (int i = 0; i < area.y().size(); i++) {
                        sum.add(foot.get(i) + area.y().get(i));
                    }
                    head = sum;
                    floors.add(foot);
                    tops.add(sum);
                }
                case Chart.Band band -> {
                    floors.add(band.low());
                    tops.add(band.y());
                }
                case Chart.Line line -> {
                    floors.add(line.y());
                    tops.add(line.y());
                }
                case Chart.Points points -> {
                    floors.add(points.y());
                    tops.add(points.y());
                }
            }
        }
    }

    private Axis yAxisOf() {
        double largest = values(tops).max().orElse(0);
        return switch (chart.yScale()) {
            case FROM_ZERO -> Axis.round(0, largest);
            case FITTED -> Axis.round(values(floors).min().orElse(0), largest);
            case LOGARITHMIC ->
                Axis.logarithmic(values(tops).filter(value -> value > 0).min().orElse(1), largest);
        };
    }

    private static DoubleStream values(List<List<Double>> lists) {
        return lists.stream().flatMap(List::stream).mapToDouble(Double::doubleValue);
    }

    private void draw() {
        out.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                HtmlPage.escape(chart.title())));
        yAxis();
        xAxis();
        for (int i = 0; i < chart.series().size(); i++) {
            Chart.Series series = chart.series().get(i);
            switch (series) {
                case Chart.Line line -> polyline("line" + colour(i), line.x(), line.y());
                case Chart.Points points -> polyline("faint line" + colour(i), points.x(), points.y());
                case Chart.Area area -> polygon("area" + i % COLOURS, area.x(), floors.get(i), tops.get(i));
                case Chart.Band band -> polygon("band area" + i % COLOURS, band.x(), floors.get(i), tops.get(i));
            }
        }
        chart.limits().forEach(this::limit);
        points();
        out.append("</svg>\n");
    }

    private static String colour(int index) {
        return index % COLOURS + (index < COLOURS ? "" : " dashed");
    }

    private void yAxis() {
        for (double mark : y.marks()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT,
                    y(mark),
                    WIDTH - RIGHT,
                    y(mark)));
            text(LEFT - 6, y(mark) + 4, "end", Figure.number(mark));
        }
        out.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(12 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                TOP + plotHeight() / 2,
                HtmlPage.escape(chart.yTitle())));
    }

    private void xAxis() {
        for (Chart.Tick tick : ticks) {
            text(x(tick.x()), HEIGHT - BOTTOM + 16, "middle", tick.label());
        }
        text(LEFT + plotWidth() / 2, HEIGHT - 8, "middle", chart.xTitle());
        out.append('\n');
    }

    private void limit(Chart.Limit limit) {
        double x = x(limit.x());
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"limit\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                x,
                TOP,
                x,
                HEIGHT - BOTTOM));
        text(x, TOP - 5, "middle", limit.name());
    }

    private void polyline(String style, List<Double> xs, List<Double> ys) {
        out.append("<polyline class=\"").append(style).append("\" points=\"");
        for (int i = 0; i < xs.size(); i++) {
            vertex(xs.get(i), ys.get(i));
        }
        out.append("\"/>\n");
    }

    private void polygon(String style, List<Double> xs, List<Double> low, List<Double> high) {
        out.append("<polygon class=\"").append(style).append("\" points=\"");
        for (int i = 0; i < xs.size(); i++) {
            vertex(xs.get(i), high.get(i));
        }
        for (int i = xs.size() - 1; i >= 0; i--) {
            vertex(xs.get(i), low.get(i));
        }
        out.append("\"/>\n");
    }

    private void vertex(double x, double y) {
        out.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(x), y(y)));
    }

    /** Draws the points after everything else, so that they are in front. */
    private void points() {
        Labels labels = new Labels(LEFT, WIDTH - RIGHT, TOP, HEIGHT - BOTTOM);
        chart.limits().forEach(limit -> labels.upright(x(limit.x())));
        for (Chart.Series series : chart.series()) {
            if (series instanceof Chart.Points points) {
                for (int i = 0; i < points.x().size(); i++) {
                    labels.point(x(points.x().get(i)), y(points.y().get(i)));
                }
            }
        }
        for (int index = 0; index < chart.series().size(); index++) {
            if (chart.series().get(index) instanceof Chart.Points points) {
                for (int i = 0; i < points.x().size(); i++) {
                    point(points, i, index, labels);
                }
            }
        }
    }

    private void point(Chart.Points points, int i, int index, Labels labels) {
        double x = points.x().get(i);
        double y = points.y().get(i);
        String label = points.labels().get(i);
        out.append(String.format(
                Locale.ROOT,
                "<circle class=\"dot%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s, %s: %s, %s</title></circle>",
                index % COLOURS,
                x(x),
                y(y),
                HtmlPage.escape(points.name()),
                HtmlPage.escape(label),
                Figure.number(x),
                Figure.number(y)));
        Labels.Place place = labels.place(x(x), y(y), label);
        if (place != null) {
            text(place.x(), place.y(), "start", label);
        }
        out.append('\n');
    }

    private void text(double x, double y, String anchor, String text) {
        out.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x,
                y,
                anchor,
                HtmlPage.escape(text)));
    }

    private double x(double value) {
        return LEFT + plotWidth() * (value - xFrom) / (xTo - xFrom);
    }

    private double y(double value) {
        return TOP + plotHeight() * (1 - y.share(value));
    }

    private static double plotWidth() {
        return WIDTH - LEFT - RIGHT;
    }

    private static double plotHeight() {
        return HEIGHT - TOP - BOTTOM;
    }
}
