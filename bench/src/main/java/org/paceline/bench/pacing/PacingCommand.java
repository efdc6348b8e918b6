package org.paceline.bench.pacing;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.measure.MeasuringCommand;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.history.CallExportFile;
import org.paceline.bench.pacing.history.FittedLaws;
import org.paceline.bench.pacing.history.FittedScenario;
import org.paceline.bench.pacing.history.HistoryFit;
import org.paceline.bench.pacing.lab.PacingChange;
import org.paceline.bench.pacing.lab.Tuning;
import org.paceline.bench.pacing.report.LabReport;
import org.paceline.bench.pacing.report.LabRow;
import org.paceline.bench.pacing.report.WhatIf;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenarios;
import org.paceline.bench.pacing.world.DayTrace;
import org.paceline.bench.pacing.world.LabDay;
import org.paceline.bench.report.Report;
import org.paceline.bench.report.Table;
import org.paceline.daemon.cli.ProgressBar;
import org.paceline.dialer.pacing.PacingSettings;
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
    private static final double USUAL_HOURS = 8;
    private static final double USUAL_LINES = 1.5;
    private static final List<Integer> USUAL_TEAMS = List.of(5, 10, 20, 50);

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

    private final Tuning tuning = new Tuning();

    private static final class ScenarioNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Scenarios.NAMES.iterator();
        }
    }

    /**
     * What is to be run.
     *
     * @param settings the campaign's, or null for the best in hindsight or as usual
     * @param label the pacer's, with what was changed
     */
    private record Case(
            Subject subject,
            Contender contender,
            int agents,
            @Nullable PacingSettings settings,
            String label) {}

    /**
     * A scenario with what it is run for.
     *
     * @param actual how its real days went, or null where there were none
     */
    private record Subject(Scenario scenario, List<Integer> teams, double hours, FittedLaws.@Nullable Actual actual) {}

    @Override
    protected Report.Findings measure(PrintWriter progress) throws Exception {
        teams.forEach(team -> require("--agents", team, 1, 2_000));
        require("--hours", hours == null ? USUAL_HOURS : hours, 0.02, 8);
        require("--seeds", seeds, 1, 1_000);
        if (linesPerAgent != null) {
            require("--lines-per-agent", linesPerAgent, 1, 10);
        }
        if (days != null) {
            require("--days", days, 1, 366);
        }
        PacingChange change = change();
        if (contenders.isEmpty()) {
            contenders = change.isNone()
                    ? List.of(Contender.PREDICTIVE, Contender.PROGRESSIVE)
                    : List.of(Contender.PREDICTIVE);
        }
        List<Case> cases = new ArrayList<>();
        for (Subject subject : subjects(progress)) {
            for (Contender contender : contenders) {
                for (int agents : subject.teams) {
                    cases.addAll(cases(subject, contender, agents, change));
                }
            }
        }
        return run(cases, change, progress);
    }

    private Report.Findings run(List<Case> cases, PacingChange change, PrintWriter progress) throws Exception {
        List<LabRow> rows = new ArrayList<>();
        List<LabReport.TracedDay> traced = new ArrayList<>();
        List<Table> comparisons = new ArrayList<>();
        ProgressBar bar = ProgressBar.start(progress, "runs", (long) cases.size() * seeds);
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Case one : cases) {
                Entrant entrant = entrant(pool, one);
                List<LabDay.Result> results = run(pool, setups(one, entrant), bar);
                LabRow row =
                        LabRow.of(one.subject.scenario.name(), one.label, one.agents, results, entrant.factorOrNull());
                DayTrace trace = results.getFirst().trace();
                if (trace != null) {
                    traced.add(LabReport.TracedDay.of(row.title(), trace));
                }
                bar.println(LabReport.line(row));
                if (!one.label.equals(one.contender.label())) {
                    WhatIf comparison = new WhatIf(rows.getLast(), row, change.label(), one.subject.actual);
                    comparisons.add(comparison.table());
                    bar.println(comparison.text());
                }
                rows.add(row);
            }
        }
        return LabReport.findings(rows, traced, comparisons);
    }

    /** As configured, and with the change where there is one. */
    private List<Case> cases(Subject subject, Contender contender, int agents, PacingChange change) {
        boolean isTuned = contender.search() != null && !(contender == Contender.RATIO && linesPerAgent != null);
        double lines = linesPerAgent == null ? USUAL_LINES : linesPerAgent;
        PacingSettings configured = isTuned ? null : new PacingSettings(contender.mode(), lines, Integer.MAX_VALUE);
        Case before = new Case(subject, contender, agents, configured, contender.label());
        if (change.isNone()) {
            return List.of(before);
        }
        if (!contender.isOwnMode()) {
            throw wrongUse("--set: changes the dialer's own modes, and " + contender.label()
                    + " is none: leave it out of --pacer");
        }
        if (configured == null) {
            throw wrongUse(
                    "--set: of " + contender.label() + ", say with --lines-per-agent what it is configured with now");
        }
        try {
            String label = contender.label() + " " + change.label();
            return List.of(before, new Case(subject, contender, agents, change.of(configured), label));
        } catch (BenchException e) {
            throw wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private PacingChange change() {
        try {
            return PacingChange.parse(changes);
        } catch (BenchException e) {
            throw wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private List<Subject> subjects(PrintWriter progress) {
        double length = hours == null ? USUAL_HOURS : hours;
        List<Subject> subjects = new ArrayList<>();
        if (records != null) {
            subjects.add(recorded(records, progress));
        }
        List<String> names = records == null && scenarioNames.isEmpty() ? List.of("constant") : scenarioNames;
        for (Scenario scenario : scenarios(names)) {
            subjects.add(new Subject(scenario, sizes(scenario), length, null));
        }
        return subjects;
    }

    private Subject recorded(Path file, PrintWriter progress) {
        try {
            FittedLaws laws = HistoryFit.of(file.toString(), CallExportFile.read(file));
            FittedScenario fitted = FittedScenario.of(laws);
            progress.println(fitted.text(laws));
            progress.flush();
            Scenario scenario =
                    window == null ? fitted.scenario() : fitted.scenario().withWindow(window(window));
            return new Subject(
                    scenario,
                    teams.isEmpty() ? List.of(fitted.agents()) : teams,
                    hours == null ? fitted.hours() : hours,
                    laws.actual());
        } catch (BenchException e) {
            throw wrongUse(String.valueOf(e.getMessage()));
        }
    }

    private List<Scenario> scenarios(List<String> names) {
        List<Scenario> found = new ArrayList<>();
        for (String name : names) {
            try {
                Scenario scenario = Scenarios.find(name);
                found.add(window == null ? scenario : scenario.withWindow(window(window)));
            } catch (BenchException e) {
                throw wrongUse(String.valueOf(e.getMessage()));
            }
        }
        return found;
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

    /** The scenario's own team, or those asked for. */
    private List<Integer> sizes(Scenario scenario) {
        if (scenario.team().agents() > 0) {
            return List.of(scenario.team().agents());
        }
        return teams.isEmpty() ? USUAL_TEAMS : teams;
    }

    /** Of each subject one day is drawn: the first pacer's, of a team of middle size. */
    private boolean isTraced(Case one) {
        List<Integer> sizes = one.subject.teams;
        return one.contender == contenders.getFirst()
                && one.label.equals(one.contender.label())
                && one.agents == sizes.get(sizes.size() / 2);
    }

    /** With the factor that would have been the best, where somebody must choose one and nobody did. */
    private Entrant entrant(ExecutorService pool, Case one) throws Exception {
        if (one.settings != null) {
            return Entrant.of(one.contender).with(one.settings);
        }
        Subject subject = one.subject;
        return tuning.entrant(subject.scenario, one.contender, one.agents, subject.hours, factor -> {
            List<LabDay.Setup> days = new ArrayList<>();
            for (int day = 0; day < Tuning.days(one.agents); day++) {
                Entrant tried = Entrant.of(one.contender, factor);
                days.add(new LabDay.Setup(
                        subject.scenario, one.agents, subject.hours, 1, tried, Tuning.FIRST_SEED + day, false));
            }
            return Tuning.Mean.of(run(pool, days, null));
        });
    }

    private List<LabDay.Setup> setups(Case one, Entrant entrant) {
        boolean isTraced = isTraced(one);
        List<LabDay.Setup> setups = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            setups.add(new LabDay.Setup(
                    one.subject.scenario,
                    one.agents,
                    one.subject.hours,
                    days == null ? one.subject.scenario.days() : days,
                    entrant,
                    seed,
                    isTraced && seed == 1));
        }
        return setups;
    }

    /** @param bar goes on with each run, or null */
    private static List<LabDay.Result> run(ExecutorService pool, List<LabDay.Setup> setups, @Nullable ProgressBar bar)
            throws Exception {
        List<Callable<LabDay.Result>> runs = new ArrayList<>();
        for (LabDay.Setup setup : setups) {
            runs.add(() -> {
                LabDay.Result result = new LabDay(setup).run();
                if (bar != null) {
                    bar.step();
                }
                return result;
            });
        }
        List<LabDay.Result> results = new ArrayList<>();
        for (Future<LabDay.Result> day : pool.invokeAll(runs)) {
            results.add(day.get());
        }
        return results;
    }
}
