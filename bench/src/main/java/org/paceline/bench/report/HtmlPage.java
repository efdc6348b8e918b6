package org.paceline.bench.report;

import java.util.Locale;

/** A run as one HTML page that needs nothing else: no script, no font, no network. */
final class HtmlPage {
    private static final String[] LIGHT = {
        "#1f6feb", "#d1570c", "#2a8a4a", "#8250df", "#b8256e", "#0b8a8f", "#8a6d00", "#5a6472", "#8c4a2f", "#5f9400"
    };
    private static final String[] DARK = {
        "#6cb0ff", "#ffa657", "#7ee2a0", "#c9a7ff", "#ff8fc0", "#5fd9dd", "#e3c34a", "#aab4c0", "#d9a38a", "#b8e05c"
    };
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d2430; --soft: #68707d; --line: #d9dde3; --paper: #fff;
              --bad: #c62828; --good: #2a8a4a; LIGHT_COLOURS }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #9aa3af; --line: #353c47; --paper: #14181f;
              --bad: #ff7b72; --good: #7ee2a0; DARK_COLOURS } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
              max-width: 46rem; padding: 0 1rem; }
            h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
            .headline { margin: .5rem 0 1.5rem; } .soft { color: var(--soft); }
            .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
            td, th { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
            .value { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .value small { display: block; color: var(--soft); line-height: 1.2; }
            .met { color: var(--good); } .missed, .value.missed small { color: var(--bad); font-weight: 600; }
            summary { cursor: pointer; margin: 1.5rem 0 .5rem; color: var(--soft); }
            svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--soft); }
            .grid { stroke: var(--line); } polyline { fill: none; stroke-width: 1.6; } .faint { stroke-width: 1; opacity: .45; }
            .dashed { stroke-dasharray: 5 3; } .limit { stroke: var(--bad); stroke-dasharray: 4 3; } polygon { opacity: .8; }
            .band { opacity: .25; } .key span { margin-right: 1.2rem; white-space: nowrap; } .key { line-height: 1.7; }
            .key i { display: inline-block; width: 1.2rem; height: .2rem; margin-right: .4rem; vertical-align: middle; }
            .key .square { width: .8rem; height: .8rem; border-radius: 2px; opacity: .8; } .key .square.band { opacity: .25; }
            .key .dashed { opacity: .55; } .key .round { width: .6rem; height: .6rem; border-radius: 50%; }
            code { font-size: .9em; overflow-wrap: anywhere; }
            """;

    private final StringBuilder out = new StringBuilder(16_384);

    private HtmlPage() {}

    static String of(Report report) {
        HtmlPage page = new HtmlPage();
        page.write(report);
        return page.out.toString();
    }

    private void write(Report report) {
        out.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(escape("paceline-bench " + report.command()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escape("paceline-bench " + report.command()))
                .append("</h1>\n<p class=\"headline\">")
                .append(escape(report.headline()))
                .append("</p>\n");
        report.tables().forEach(this::table);
        if (report.tables().isEmpty()) {
            figures(report);
        }
        report.charts().forEach(this::chart);
        if (!report.tables().isEmpty()) {
            out.append("<details><summary>Figures by name</summary>\n");
            figures(report);
            out.append("</details>\n");
        }
        notes(report);
        machine(report);
        out.append("</body>\n</html>\n");
    }

    private static String style() {
        StringBuilder classes = new StringBuilder();
        for (int i = 0; i < Svg.COLOURS; i++) {
            classes.append(String.format(
                    Locale.ROOT,
                    ".line%1$d { stroke: var(--c%1$d); } .area%1$d, .dot%1$d { fill: var(--c%1$d); }"
                            + " .k%1$d { background: var(--c%1$d); }%n",
                    i));
        }
        return STYLE.replace("LIGHT_COLOURS", colours(LIGHT)).replace("DARK_COLOURS", colours(DARK)) + classes;
    }

    private static String colours(String[] codes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < codes.length; i++) {
            text.append("--c").append(i).append(": ").append(codes[i]).append("; ");
        }
        return text.toString().strip();
    }

    private void table(Table table) {
        out.append(table.folded() ? "<details><summary>" : "<h2>")
                .append(escape(table.title()))
                .append(table.folded() ? "</summary>\n" : "</h2>\n")
                .append("<div class=\"wide\"><table>\n<tr>");
        for (int i = 0; i < table.columns().size(); i++) {
            out.append(i == 0 ? "<th>" : "<th class=\"value\">")
                    .append(escape(table.columns().get(i)))
                    .append("</th>");
        }
        out.append("</tr>\n");
        for (Table.Row row : table.rows()) {
            out.append("<tr><td>").append(escape(row.name())).append("</td>");
            row.cells().forEach(this::cell);
            out.append("</tr>\n");
        }
        out.append("</table></div>\n").append(table.folded() ? "</details>\n" : "");
    }

    private void cell(Table.Cell cell) {
        out.append("<td class=\"value")
                .append(cell.missed() ? " missed" : "")
                .append("\">")
                .append(escape(cell.text()));
        if (!cell.detail().isEmpty()) {
            out.append("<small>").append(escape(cell.detail())).append("</small>");
        }
        out.append("</td>");
    }

    private void figures(Report report) {
        out.append(
                "<table>\n<tr><th>figure</th><th class=\"value\">value</th><th class=\"value\">budget</th><th></th></tr>\n");
        for (Figure figure : report.figures()) {
            Budget budget = figure.budget();
            String verdict = budget == null ? "" : figure.missesBudget() ? "missed" : "met";
            out.append("<tr><td>")
                    .append(escape(figure.title()))
                    .append("</td><td class=\"value\">")
                    .append(escape(figure.text()))
                    .append("</td><td class=\"value\">")
                    .append(budget == null ? "" : escape(budget.text() + " " + figure.unit()))
                    .append("</td><td class=\"")
                    .append(verdict)
                    .append("\">")
                    .append(verdict)
                    .append("</td></tr>\n");
        }
        out.append("</table>\n");
    }

    private void chart(Chart chart) {
        out.append("<h2>").append(escape(chart.title())).append("</h2>\n<p class=\"key soft\">");
        for (int i = 0; i < chart.series().size(); i++) {
            out.append("<span><i class=\"k")
                    .append(i % Svg.COLOURS)
                    .append(swatch(chart.series().get(i)))
                    .append(i < Svg.COLOURS ? "" : " dashed")
                    .append("\"></i>")
                    .append(escape(chart.series().get(i).name()))
                    .append("</span> ");
        }
        out.append("</p>\n").append(Svg.of(chart));
    }

    private static String swatch(Chart.Series series) {
        return switch (series) {
            case Chart.Line _ -> "";
            case Chart.Points _ -> " round";
            case Chart.Area _ -> " square";
            case Chart.Band _ -> " square band";
        };
    }

    private void notes(Report report) {
        if (report.notes().isEmpty()) {
            return;
        }
        out.append("<h2>How it was measured</h2>\n");
        report.notes().forEach(note -> out.append("<p>").append(escape(note)).append("</p>\n"));
    }

    private void machine(Report report) {
        Machine machine = report.machine();
        out.append("<h2>Where and when</h2>\n<table>\n");
        row("command", "paceline-bench " + String.join(" ", report.arguments()));
        row("date", report.date().toString());
        row("commit", report.commit());
        row("processor", machine.cpu() + ", " + machine.cores() + " cores");
        row(
                "memory",
                Figure.number(machine.memoryBytes() / (double) (1 << 20)) + " MiB, heap at most "
                        + Figure.number(machine.maxHeapBytes() / (double) (1 << 20)) + " MiB");
        row("system", machine.os());
        row("JDK", machine.jdk() + ", " + machine.collector());
        out.append("</table>\n");
    }

    private void row(String name, String value) {
        out.append("<tr><td class=\"soft\">")
                .append(escape(name))
                .append("</td><td><code>")
                .append(escape(value))
                .append("</code></td></tr>\n");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
