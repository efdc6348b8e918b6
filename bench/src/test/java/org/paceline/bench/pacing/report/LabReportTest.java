package org.paceline.bench.pacing.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.paceline.bench.pacing.history.FittedLaws;
import org.paceline.bench.pacing.world.DayTrace;
import org.paceline.bench.report.Chart;
import org.paceline.bench.report.Figure;
import org.paceline.bench.report.Report;
import org.paceline.bench.report.Table;

class LabReportTest {
    private static final LabRow SMALL = row("constant", "predictive", 5, 78.5, 2.71, 0);
    private static final LabRow LARGE = row("constant", "predictive", 20, 88.5, 2.9, 0);
    private static final LabRow OTHER = row("constant", "issabel", 5, 62.9, 3.4, 0.25);

    private static LabRow row(
            String scenario, String pacer, int agents, double utilisation, double abandoned, double overLimit) {
        return new LabRow(
                scenario,
                pacer,
                agents,
                4,
                utilisation,
                1.25,
                70,
                27,
                abandoned,
                abandoned + 0.1,
                3.5,
                overLimit,
                24,
                2.5,
                40,
                4,
                null);
    }

    @Test
    void shouldTellRowsByNameAndFiguresAsBefore() {
        Report.Findings findings = LabReport.findings(List.of(SMALL, OTHER), List.of(), List.of());

        assertThat(findings.rows().getFirst())
                .containsEntry("scenario", "constant")
                .containsEntry("pacer", "predictive")
                .containsEntry("agents", 5)
                .containsEntry("seeds", 4)
                .containsEntry("utilisationPercent", 78.5)
                .containsEntry("utilisationSd", 1.25)
                .containsEntry("talkPercent", 70.0)
                .containsEntry("idleSecondsPerCall", 27.0)
                .containsEntry("abandonedPercent", 2.71)
                .containsEntry("abandonedPercentWorstSeed", 2.81)
                .containsEntry("seedsOverLimitShare", 0.0)
                .containsEntry("callsPerAgentHour", 24.0)
                .containsEntry("decisionMicrosP50", 2.5)
                .containsEntry("decisionMicrosP99", 40.0)
                .containsEntry("dialsPerAnswer", 4.0)
                .containsEntry("factor", null);
        assertThat(findings.figures().stream().map(Figure::name))
                .startsWith(
                        "constant.predictive.5.utilisation",
                        "constant.predictive.5.deviation",
                        "constant.predictive.5.abandoned",
                        "constant.predictive.5.worst",
                        "constant.predictive.5.overLimit");
        assertThat(findings.headline())
                .isEqualTo(
                        "pacing: 8 days; constant, predictive, 5 agents: utilisation 78.5 %, worst day 2.81 % abandoned");
    }

    @Test
    void shouldPutPacersAgainstTeams() {
        Table table = LabReport.findings(List.of(LARGE, SMALL, OTHER), List.of(), List.of())
                .tables()
                .getFirst();

        assertThat(table.columns()).endsWith("5 agents", "20 agents");
        assertThat(table.rows())
                .containsExactly(
                        new Table.Row(
                                "predictive",
                                List.of(
                                        new Table.Cell("78.5 ± 1.3", "2.71 / 2.81", false),
                                        new Table.Cell("88.5 ± 1.3", "2.90 / 3.00", false))),
                        new Table.Row(
                                "issabel",
                                List.of(new Table.Cell("62.9 ± 1.3", "3.40 / 3.50", true), Table.Cell.of("–"))));
    }

    @Test
    void shouldDrawUtilisationAgainstAbandonmentAndTheLimit() {
        List<Chart> charts = LabReport.findings(List.of(LARGE, SMALL, OTHER), List.of(), List.of())
                .charts();

        assertThat(charts).hasSize(2);
        assertThat(charts.getFirst().limits()).containsExactly(new Chart.Limit("limit", 3));
        assertThat(charts.getFirst().series())
                .containsExactly(
                        new Chart.Points("predictive", List.of(2.71, 2.9), List.of(78.5, 88.5), List.of("5", "20")),
                        new Chart.Points("issabel", List.of(3.4), List.of(62.9), List.of("5")));
        assertThat(LabReport.findings(List.of(SMALL, OTHER), List.of(), List.of())
                        .charts())
                .as("one size of team has no line")
                .hasSize(1);
    }

    @Test
    void shouldDrawADayInMeansOfItsStretches() {
        int looks = 4_800;
        List<Integer> five = IntStream.range(0, looks).mapToObj(_ -> 5).toList();
        List<Double> rate = IntStream.range(0, looks)
                .mapToObj(i -> i < 20 ? Double.NaN : i % 2 == 0 ? 0.2 : 0.3)
                .toList();
        List<Double> seconds = IntStream.range(0, looks).mapToObj(i -> 6.0 * i).toList();
        DayTrace trace = new DayTrace(seconds, five, five, five, five, five, five, rate, rate, rate, rate);

        List<Chart> charts = DayCharts.of(new LabReport.TracedDay("a day", trace, List.of()));
        assertThat(charts).hasSize(3);
        assertThat(charts.getFirst().series()).hasSize(5).allSatisfy(series -> {
            assertThat(series.x()).hasSize(240);
            assertThat(series.y()).containsOnly(5.0);
        });
        assertThat(charts.get(1).series().getFirst().y().subList(1, 240))
                .allSatisfy(percent -> assertThat(percent).isBetween(24.99, 25.01));
        assertThat(charts.getFirst().ticks().stream().map(Chart.Tick::label))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8");
    }

    @Test
    void shouldDrawTheAnswerRatesDeviationWhereThePacerTellsOne() {
        assertThat(deviationsOf(0.05)).containsExactly(List.of(15.0, 15.0), List.of(25.0, 25.0));
        assertThat(deviationsOf(Double.NaN)).isEmpty();
    }

    /** Low and high of the band around 20 %. */
    private static List<List<Double>> deviationsOf(double deviation) {
        List<Integer> five = List.of(5, 5);
        List<Double> rate = List.of(0.2, 0.2);
        DayTrace trace = new DayTrace(
                List.of(10.0, 20.0),
                five,
                five,
                five,
                five,
                five,
                five,
                rate,
                List.of(deviation, deviation),
                rate,
                rate);
        return DayCharts.of(LabReport.TracedDay.of("a day", trace)).get(1).series().stream()
                .filter(Chart.Band.class::isInstance)
                .map(Chart.Band.class::cast)
                .flatMap(band -> Stream.of(rounded(band.low()), rounded(band.y())))
                .toList();
    }

    private static List<Double> rounded(List<Double> values) {
        return values.stream().map(value -> Math.rint(value * 1e6) / 1e6).toList();
    }

    @Test
    void shouldTellTheFactorOfWhatIsTuned() {
        LabRow tuned =
                new LabRow("constant", "expected-free", 5, 4, 75, 1, 70, 27, 2.4, 2.9, 3.5, 0, 24, 2.5, 40, 4, 0.2449);

        assertThat(LabReport.line(tuned)).endsWith(", factor 0.245");
        assertThat(LabReport.line(SMALL)).doesNotContain("factor");
        Report.Findings findings = LabReport.findings(List.of(tuned), List.of(), List.of());
        assertThat(findings.rows().getFirst()).containsEntry("factor", 0.2449);
        assertThat(findings.figures().stream().map(Figure::name)).endsWith("constant.expected-free.5.factor");
    }

    @Test
    void shouldPutAChangeBesideWhatIsAndWhatWas() {
        LabRow after = row("constant", "predictive min-ring=20s", 5, 77, 2.5, 0);
        FittedLaws.Actual real = new FittedLaws.Actual(0.6, 0.5, 80, 17, 0.01, 3.9);

        Table table = new WhatIf(SMALL, after, "min-ring=20s", real).table();
        assertThat(table.title()).isEqualTo("What if: min-ring=20s");
        assertThat(table.columns())
                .containsExactly("constant, 5 agents", "as recorded", "predictive", "with the change", "difference");
        assertThat(table.rows().getFirst().cells().stream().map(Table.Cell::text))
                .containsExactly("60.0", "78.5", "77.0", "-1.5");
        assertThat(table.rows().get(3).cells().stream().map(Table.Cell::text))
                .containsExactly("1.00", "2.71", "2.50", "-0.21");
        assertThat(new WhatIf(SMALL, after, "min-ring=20s", null).table().columns())
                .doesNotContain("as recorded");
    }
}
