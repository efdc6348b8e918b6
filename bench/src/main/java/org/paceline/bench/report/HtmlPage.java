package org.paceline.bench.report;

/** A run as one HTML page that needs nothing else: no script, no font, no network. */
final class HtmlPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d2430; --soft: #68707d; --line: #d9dde3; --paper: #fff;
              --c0: #1f6feb; --c1: #d1570c; --c2: #2a8a4a; --c3: #8250df; --bad: #c62828; --good: #2a8a4a; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --soft: #9aa3af; --line: #353c47; --paper: #14181f;
              --c0: #6cb0ff; --c1: #ffa657; --c2: #7ee2a0; --c3: #c9a7ff; --bad: #ff7b72; --good: #7ee2a0; } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
              max-width: 46rem; padding: 0 1rem; }
            h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
            .headline { margin: .5rem 0 1.5rem; } .soft { color: var(--soft); }
            table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .6rem .3rem 0;
              border-bottom: 1px solid var(--line); vertical-align: top; } .value { text-align: right;
              font-variant-numeric: tabular-nums; white-space: nowrap; }
            .met { color: var(--good); } .missed { color: var(--bad); font-weight: 600; }
            svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--soft); }
            .grid { stroke: var(--line); } polyline { fill: none; stroke-width: 1.6; }
            .line0 { stroke: var(--c0); } .line1 { stroke: var(--c1); } .line2 { stroke: var(--c2); } .line3 { stroke: var(--c3); }
            .key span { margin-right: 1.2rem; } .key i { display: inline-block; width: 1.2rem; height: .2rem; margin-right: .4rem;
              vertical-align: middle; } .k0 { background: var(--c0); } .k1 { background: var(--c1); } .k2 { background: var(--c2); }
            .k3 { background: var(--c3); } code { font-size: .9em; overflow-wrap: anywhere; }
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
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(escape("paceline-bench " + report.command()))
                .append("</h1>\n<p class=\"headline\">")
                .append(escape(report.headline()))
                .append("</p>\n");
        figures(report);
        report.charts().forEach(this::chart);
        notes(report);
        machine(report);
        out.append("</body>\n</html>\n");
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
        for (int i = 0; i < chart.lines().size(); i++) {
            out.append("<span><i class=\"k")
                    .append(i % 4)
                    .append("\"></i>")
                    .append(escape(chart.lines().get(i).name()))
                    .append("</span>");
        }
        out.append("</p>\n").append(Svg.of(chart));
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
