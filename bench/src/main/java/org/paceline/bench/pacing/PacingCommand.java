package org.paceline.bench.pacing;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.lab.LabFindings;
import org.paceline.bench.pacing.lab.LabPlan;
import org.paceline.bench.pacing.lab.LabRequest;
import org.paceline.bench.pacing.lab.LabRunner;
import org.paceline.bench.pacing.lab.PacingChange;
import org.paceline.bench.pacing.scenario.Scenarios;
import org.paceline.bench.report.Report;
import org.paceline.daemon.cli.ProgressBar;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.yaml.ScalarType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paceline-bench pacing}. */
@Command(
        name = "pacing",
        description =
                "Dials whole days with the production engine in virtual time, and tells how busy agents were and how"
                        + " many calls were abandoned, for each scenario, dial mode and team.")
public final class PacingCommand extends MeasuringCommand {
    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "FILE|NAME",
            description = "Which publics and teams: files, or ${COMPLETION-CANDIDATES}. Default: constant",
            completionCandidates = ScenarioNames.class)
    private List<String> scenarioNames = List.of();

    @Option(
            names = "--from-records",
            paramLabel = "FILE.csv",
            description = "Fits public and team to call records, as 'paceline calls export' writes them.")
    private @Nullable Path records;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "A change of the campaign's pacing, such as max-abandonment=2%%: each row is run without and with"
                            + " it. May be given several times.")
    private List<String> changes = List.of();

    @Option(
            names = "--agents",
            split = ",",
            description = "Sizes of the team. Default: 5,10,20,50; with --from-records, as many as there were")
    private List<Integer> teams = List.of();

    @Option(
            names = "--pacer",
            split = ",",
            paramLabel = "PACER",
            description =
                    "Ways to pace: ${COMPLETION-CANDIDATES}. Default: predictive, progressive; with --set, predictive",
            converter = ContenderLabel.class,
            completionCandidates = ContenderLabel.class)
    private List<Contender> contenders = List.of();

    @Option(names = "--lines-per-agent", description = "Of ratio mode. Default: the best in hindsight")
    private @Nullable Double linesPerAgent;

    @Option(
            names = "--hours",
            description = "Length of a day. Default: 8; with --from-records, as long as it was, at most 8")
    private @Nullable Double hours;

    @Option(names = "--seeds", description = "Days for each row, of seeds 1, 2, ... Default: ${DEFAULT-VALUE}")
    private int seeds = 20;

    @Option(
            names = "--days",
            description =
                    "Days of a run, with nights between and one engine over all. Default: the scenario's, mostly 1")
    private @Nullable Integer days;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            description = "The period that the limit holds over, such as 30d. Default: the scenario's, mostly 24h")
    private @Nullable String window;

    private static final class ScenarioNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Scenarios.NAMES.iterator();
        }
    }

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        LabPlan plan = plan(progress);
        ProgressBar bar = ProgressBar.start(progress, "runs", plan.runs());
        LabFindings findings = new LabFindings(bar::println);
        new LabRunner(Runtime.getRuntime().availableProcessors(), bar::step).run(plan, findings::add);
        return findings.findings();
    }

    private LabPlan plan(PrintWriter progress) {
        teams.forEach(team -> require("--agents", team, 1, 2_000));
        require("--seeds", seeds, 1, 1_000);
        if (hours != null) {
            require("--hours", hours, 0.02, 8);
        }
        if (linesPerAgent != null) {
            require("--lines-per-agent", linesPerAgent, 1, 10);
        }
        if (days != null) {
            require("--days", days, 1, 366);
        }
        try {
            LabRequest request = new LabRequest(
                    scenarioNames,
                    records,
                    teams,
                    contenders,
                    PacingChange.parse(changes),
                    linesPerAgent,
                    hours,
                    seeds,
                    days,
                    window == null ? null : window(window));
            return LabPlan.of(request, fitted -> {
                progress.println(fitted);
                progress.flush();
            });
        } catch (BenchException e) {
            throw wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private Duration window(String text) {
        Duration read = ScalarType.DURATION.parseOrNull(text);
        if (read == null
                || read.compareTo(AbandonmentTerms.SHORTEST_WINDOW) < 0
                || read.compareTo(AbandonmentTerms.LONGEST_WINDOW) > 0) {
            throw wrongUse("--window=" + text + ": must be a duration from 1m to 366d, for example 24h or 30d");
        }
        return read;
    }
}
