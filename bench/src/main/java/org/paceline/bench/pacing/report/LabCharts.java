package org.paceline.bench.pacing.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.paceline.bench.report.Chart;

/** Charts of a scenario's rows. */
final class LabCharts {
    private LabCharts() {}

    /** Returns charts of utilisation against abandoned calls; with several teams, by their size too. */
    static List<Chart> of(String scenario, List<LabRow> rows) {
        List<Chart> charts = new ArrayList<>();
        charts.add(againstAbandoned(scenario, rows));
        if (LabReport.teams(rows).size() > 1) {
            charts.add(byTeam(scenario, rows));
        }
        return charts;
    }

    private static Chart againstAbandoned(String scenario, List<LabRow> rows) {
        List<Chart.Series> series = new ArrayList<>();
        for (String pacer : LabReport.pacers(rows)) {
            List<LabRow> own = ofPacer(rows, pacer);
            series.add(new Chart.Points(
                    pacer,
                    own.stream().map(LabRow::abandonedPercent).toList(),
                    own.stream().map(LabRow::utilisationPercent).toList(),
                    own.stream().map(row -> Integer.toString(row.agents())).toList()));
        }
        return new Chart(
                "Utilisation against abandoned calls by size of team, " + scenario,
                "abandoned, % of answered calls",
                "% of signed-in time",
                Chart.Scale.FITTED,
                series,
                List.of(),
                List.of(new Chart.Limit("limit", LabReport.LIMIT_PERCENT)));
    }

    private static Chart byTeam(String scenario, List<LabRow> rows) {
        List<Integer> teams = LabReport.teams(rows);
        List<Chart.Tick> ticks = new ArrayList<>();
        for (int i = 0; i < teams.size(); i++) {
            ticks.add(new Chart.Tick(i, Integer.toString(teams.get(i))));
        }
        List<Chart.Series> lines = new ArrayList<>();
        for (String pacer : LabReport.pacers(rows)) {
            List<LabRow> own = ofPacer(rows, pacer);
            lines.add(new Chart.Line(
                    pacer,
                    own.stream()
                            .map(row -> (double) teams.indexOf(row.agents()))
                            .toList(),
                    own.stream().map(LabRow::utilisationPercent).toList()));
        }
        return new Chart(
                "Utilisation by size of team, " + scenario,
                "agents",
                "% of signed-in time",
                Chart.Scale.FITTED,
                lines,
                ticks,
                List.of());
    }

    private static List<LabRow> ofPacer(List<LabRow> rows, String pacer) {
        return LabReport.teams(rows).stream()
                .map(team -> LabReport.find(rows, pacer, team))
                .filter(Objects::nonNull)
                .toList();
    }
}
