package org.paceline.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Draws charts as SVG that stands in an HTML page; colours come from the page's style sheet. */
final class Svg {
    private static final double WIDTH = 720;
    private static final double HEIGHT = 280;
    private static final double LEFT = 64;
    private static final double RIGHT = 12;
    private static final double TOP = 12;
    private static final double BOTTOM = 44;
    private static final int STEPS = 5;

    private final Chart chart;
    private final StringBuilder out = new StringBuilder(4096);
    private double xFrom = Double.MAX_VALUE;
    private double xTo = -Double.MAX_VALUE;
    private double yFrom;
    private double yTo;

    private Svg(Chart chart) {
        this.chart = chart;
    }

    static String of(Chart chart) {
        Svg svg = new Svg(chart);
        svg.measure();
        svg.draw();
        return svg.out.toString();
    }

    private void measure() {
        double smallest = Double.MAX_VALUE;
        double largest = 0;
        for (Chart.Line line : chart.lines()) {
            for (int i = 0; i < line.x().size(); i++) {
                xFrom = Math.min(xFrom, line.x().get(i));
                xTo = Math.max(xTo, line.x().get(i));
                largest = Math.max(largest, line.y().get(i));
                if (line.y().get(i) > 0) {
                    smallest = Math.min(smallest, line.y().get(i));
                }
            }
        }
        if (xFrom >= xTo) {
            xFrom = 0;
            xTo = 1;
        }
        if (chart.yLogarithmic() && largest > 0) {
            yFrom = Math.floor(Math.log10(smallest));
            yTo = Math.max(yFrom + 1, Math.ceil(Math.log10(largest)));
        } else {
            yFrom = 0;
            yTo = largest > 0 ? round(largest) : 1;
        }
    }

    /** The next of 1, 2, 2.5, 5 and 10 times a power of ten. */
    private static double round(double largest) {
        double power = Math.pow(10, Math.floor(Math.log10(largest)));
        for (double step : new double[] {1, 2, 2.5, 5}) {
            if (largest <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
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
        for (int i = 0; i < chart.lines().size(); i++) {
            line(chart.lines().get(i), i);
        }
        out.append("</svg>\n");
    }

    private void yAxis() {
        int steps = chart.yLogarithmic() ? (int) (yTo - yFrom) : STEPS;
        for (int i = 0; i <= steps; i++) {
            double at = yFrom + (yTo - yFrom) * i / steps;
            double value = chart.yLogarithmic() ? Math.pow(10, at) : at;
            double y = TOP + plotHeight() * (1 - (at - yFrom) / (yTo - yFrom));
            out.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT,
                    y,
                    WIDTH - RIGHT,
                    y));
            text(LEFT - 6, y + 4, "end", Figure.number(value));
        }
        out.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(12 %.1f) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                TOP + plotHeight() / 2,
                HtmlPage.escape(chart.yTitle())));
    }

    private void xAxis() {
        List<Chart.Tick> ticks = chart.ticks().isEmpty() ? plainTicks() : chart.ticks();
        for (Chart.Tick tick : ticks) {
            text(x(tick.x()), HEIGHT - BOTTOM + 16, "middle", tick.label());
        }
        text(LEFT + plotWidth() / 2, HEIGHT - 8, "middle", chart.xTitle());
        out.append('\n');
    }

    private List<Chart.Tick> plainTicks() {
        return IntStream.rangeClosed(0, STEPS)
                .mapToObj(i -> xFrom + (xTo - xFrom) * i / STEPS)
                .map(value -> new Chart.Tick(value, Figure.number(value)))
                .toList();
    }

    private void line(Chart.Line line, int index) {
        out.append("<polyline class=\"line").append(index % 4).append("\" points=\"");
        for (int i = 0; i < line.x().size(); i++) {
            out.append(String.format(
                    Locale.ROOT, "%.1f,%.1f ", x(line.x().get(i)), y(line.y().get(i))));
        }
        out.append("\"/>\n");
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
        double at = chart.yLogarithmic() ? (value > 0 ? Math.log10(value) : yFrom) : value;
        double share = Math.clamp((at - yFrom) / (yTo - yFrom), 0, 1);
        return TOP + plotHeight() * (1 - share);
    }

    private static double plotWidth() {
        return WIDTH - LEFT - RIGHT;
    }

    private static double plotHeight() {
        return HEIGHT - TOP - BOTTOM;
    }
}
