package org.paceline.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFolderTest {
    @TempDir
    Path folder;

    @Test
    void shouldWriteFiguresBesideTheirBudgets() throws IOException {
        JsonNode summary = write(figures());

        assertThat(summary.path("command").asText()).isEqualTo("engine");
        assertThat(summary.path("arguments").get(0).asText()).isEqualTo("engine");
        assertThat(summary.path("date").asText()).isEqualTo("2026-11-22T01:30:00Z");
        JsonNode p99 = summary.path("figures").path("p99");
        assertThat(p99.path("value").asDouble()).isEqualTo(12.5);
        assertThat(p99.path("unit").asText()).isEqualTo("µs");
        assertThat(p99.path("atMost").asDouble()).isEqualTo(20);
        assertThat(p99.path("met").asBoolean()).isTrue();
        assertThat(summary.path("figures").path("failed").path("met").asBoolean())
                .isFalse();
        assertThat(summary.path("budgetsMet").asBoolean()).isFalse();
    }

    @Test
    void shouldTellMachineJdkAndCommit() throws IOException {
        JsonNode summary = write(figures());

        assertThat(summary.path("machine").path("cpu").asText()).isNotBlank();
        assertThat(summary.path("machine").path("cores").asInt()).isPositive();
        assertThat(summary.path("machine").path("memoryBytes").asLong()).isPositive();
        assertThat(summary.path("machine").path("os").asText()).contains(System.getProperty("os.name"));
        assertThat(summary.path("jdk").path("version").asText()).contains("25");
        assertThat(summary.path("commit").asText()).isNotBlank();
    }

    @Test
    void shouldWritePageThatNeedsNothingElse() throws IOException {
        write(figures());
        String page = Files.readString(folder.resolve("run/report.html"));

        assertThat(page)
                .contains(
                        "latency &lt;p99&gt;",
                        "≤ 20 µs",
                        "class=\"met\">met",
                        "class=\"missed\">missed",
                        "<polyline",
                        ">99.99 %<")
                .doesNotContain("<script", "http://", "https://", "NaN", "Infinity");
    }

    @Test
    void shouldDrawChartsOfNothing() {
        assertThat(Svg.of(Chart.ofPercentiles("t", "µs", 1e3, List.of("none"), List.of(new Histogram(3)))))
                .startsWith("<svg")
                .doesNotContain("NaN", "Infinity");
        assertThat(Svg.of(Chart.bySecond("t", "/s", false, List.of(Chart.seconds("none", List.of())))))
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void shouldRefuseFileWhereTheFolderShouldBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> ReportFolder.make(file)).hasMessage("--out " + file + " is a file: name a folder");
    }

    @Test
    void shouldShowTablesBeforeFiguresAndKeepRows() throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("pacer", "<a>");
        row.put("factor", null);
        row.put("share", 0.25);
        row.put("unknown", Double.NaN);
        Table table = new Table(
                "results",
                List.of("pacer", "5"),
                List.of(new Table.Row("<a>", List.of(new Table.Cell("3 & 4", "detail", true)))),
                false);
        ReportFolder.make(folder.resolve("run"))
                .write(Report.here(
                        "pacing",
                        List.of(),
                        Instant.parse("2026-11-22T01:30:00Z"),
                        new Report.Findings(
                                "one line", figures(), List.of(), List.of(), List.of(table), List.of(row))));

        JsonNode rows = new ObjectMapper()
                .readTree(folder.resolve("run/summary.json").toFile())
                .path("rows");
        assertThat(rows.toString()).isEqualTo("[{\"pacer\":\"<a>\",\"factor\":null,\"share\":0.25,\"unknown\":null}]");
        assertThat(Files.readString(folder.resolve("run/report.html")))
                .containsSubsequence(
                        "<h2>results</h2>",
                        "<td>&lt;a&gt;</td><td class=\"value missed\">3 &amp; 4<small>detail</small></td>",
                        "<summary>Figures by name</summary>",
                        "latency &lt;p99&gt;");
    }

    @Test
    void shouldStackAreasAndHoldPointsAgainstALimit() {
        List<Double> x = List.of(0.0, 1.0);
        String stacked = Svg.of(new Chart(
                "t",
                "x",
                "y",
                Chart.Scale.FROM_ZERO,
                List.of(
                        new Chart.Area("low", x, List.of(2.0, 2.0)),
                        new Chart.Area("high", x, List.of(3.0, 3.0)),
                        new Chart.Band("band", x, List.of(1.0, 1.0), List.of(4.0, 4.0))),
                List.of(),
                List.of()));
        // 0 is drawn at 256, 5 at 16: the second area reaches from 2 to 5.
        assertThat(stacked)
                .contains("class=\"area0\" points=\"64.0,160.0 704.0,160.0 704.0,256.0 64.0,256.0 \"")
                .contains("class=\"area1\" points=\"64.0,16.0 704.0,16.0 704.0,160.0 64.0,160.0 \"")
                .contains("class=\"band area2\" points=\"64.0,64.0 704.0,64.0 704.0,208.0 64.0,208.0 \"");

        String scatter = Svg.of(new Chart(
                "t",
                "x",
                "y",
                Chart.Scale.FITTED,
                List.of(new Chart.Points("a", List.of(0.5, 2.0), List.of(60.0, 90.0), List.of("5", "10"))),
                List.of(),
                List.of(new Chart.Limit("limit", 3))));
        assertThat(scatter)
                .contains("class=\"limit\"", ">limit</text>", "<title>a, 5: 0.5, 60</title>", ">10</text>")
                .contains(">60</text>")
                .doesNotContain(">0.0</text>", "NaN");
    }

    @Test
    void shouldDrawNoLabelOverAnother() {
        Labels labels = new Labels(0, 100, 0, 100);
        labels.point(50, 50);
        assertThat(labels.place(50, 50, "20")).isEqualTo(new Labels.Place(56, 53.5));
        assertThat(labels.place(50, 50, "20"))
                .isNotNull()
                .satisfies(place -> assertThat(place.x()).isLessThan(40));
        labels.place(50, 50, "20");
        labels.place(50, 50, "20");
        assertThat(labels.place(50, 50, "20")).isNull();
        assertThat(labels.place(99, 50, "20"))
                .isNotNull()
                .satisfies(place -> assertThat(place.x()).isLessThan(90));
    }

    private JsonNode write(List<Figure> figures) throws IOException {
        Histogram nanos = new Histogram(3);
        for (int i = 1; i <= 10_000; i++) {
            nanos.recordValue(i * 10L);
        }
        List<Chart> charts = List.of(
                Chart.ofPercentiles("latency", "µs", 1e3, List.of("all"), List.of(nanos)),
                Chart.bySecond("rate", "/s", false, List.of(Chart.seconds("events", List.of(10.0, 20.0, 15.0)))));
        ReportFolder.make(folder.resolve("run"))
                .write(Report.here(
                        "engine",
                        List.of("engine", "--rate", "1"),
                        Instant.parse("2026-11-22T01:30:00Z"),
                        new Report.Findings("one line", figures, charts, List.of("measured so"))));
        return new ObjectMapper().readTree(folder.resolve("run/summary.json").toFile());
    }

    private static List<Figure> figures() {
        return List.of(
                Figure.of("p99", "latency <p99>", 12.5, "µs").within(Budget.atMost(20)),
                Figure.of("failed", "failed", 3, "").within(Budget.atMost(0)),
                Figure.of("count", "events", 1_500_000, ""));
    }
}
