package org.paceline.bench.pacing.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.history.CallExportFile;
import org.paceline.bench.pacing.history.FittedLaws;
import org.paceline.bench.pacing.history.FittedScenario;
import org.paceline.bench.pacing.history.HistoryFit;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenarios;
import org.paceline.dialer.pacing.PacingSettings;

/**
 * The cases that the lab runs: scenario × contender × team, each as configured and then with the change where there is
 * one, in this order.
 *
 * @param cases the cases, at least one
 */
public record LabPlan(List<LabCase> cases) {
    private static final double USUAL_HOURS = 8;
    private static final double USUAL_LINES = 1.5;
    private static final List<Integer> USUAL_TEAMS = List.of(5, 10, 20, 50);
    private static final String USUAL_SCENARIO = "constant";

    /**
     * Reads the scenarios, fits one to call records where there are any, and plans the cases.
     *
     * @param fitted is told what was fitted to call records
     * @throws BenchException with one line: what is wrong with the request, or with a file, and what would be right
     */
    public static LabPlan of(LabRequest request, Consumer<String> fitted) throws BenchException {
        List<Contender> contenders = contenders(request);
        List<LabCase> cases = new ArrayList<>();
        for (Subject subject : subjects(request, fitted)) {
            for (Contender contender : contenders) {
                for (int agents : subject.teams()) {
                    boolean isTraced = contender == contenders.getFirst() && agents == middle(subject.teams());
                    cases.addAll(cases(request, subject, contender, agents, isTraced));
                }
            }
        }
        return new LabPlan(cases);
    }

    /** Returns how many runs there are, not counting those of searches in hindsight. */
    public long runs() {
        return cases.stream().mapToLong(LabCase::seeds).sum();
    }

    private static List<Contender> contenders(LabRequest request) {
        if (!request.contenders().isEmpty()) {
            return request.contenders();
        }
        return request.change().isNone()
                ? List.of(Contender.PREDICTIVE, Contender.PROGRESSIVE)
                : List.of(Contender.PREDICTIVE);
    }

    private static int middle(List<Integer> teams) {
        return teams.get(teams.size() / 2);
    }

    /**
     * Plans the cases. Of each subject one run is traced: that of the first contender as configured, with a team of
     * middle size.
     */
    private static List<LabCase> cases(
            LabRequest request, Subject subject, Contender contender, int agents, boolean isTraced)
            throws BenchException {
        PacingSettings configured = configured(contender, request.linesPerAgent());
        LabCase before = new LabCase(subject, contender, agents, configured, null, request.seeds(), isTraced);
        PacingChange change = request.change();
        if (change.isNone()) {
            return List.of(before);
        }
        if (!contender.isOwnMode()) {
            throw new BenchException("--set: changes the dialer's own modes, and " + contender.label()
                    + " is none: leave it out of --pacer");
        }
        if (configured == null) {
            throw new BenchException(
                    "--set: of " + contender.label() + ", say with --lines-per-agent what it is configured with now");
        }
        PacingSettings changed = change.of(configured);
        return List.of(
                before, new LabCase(subject, contender, agents, changed, change.label(), request.seeds(), false));
    }

    /** Returns the settings as configured, or null where the contender has a factor that nobody chose. */
    private static @Nullable PacingSettings configured(Contender contender, @Nullable Double linesPerAgent) {
        boolean isChosen = contender == Contender.RATIO && linesPerAgent != null;
        if (contender.search() != null && !isChosen) {
            return null;
        }
        double lines = linesPerAgent == null ? USUAL_LINES : linesPerAgent;
        return new PacingSettings(contender.mode(), lines, Integer.MAX_VALUE);
    }

    private static List<Subject> subjects(LabRequest request, Consumer<String> fitted) throws BenchException {
        List<Subject> subjects = new ArrayList<>();
        Path records = request.records();
        if (records != null) {
            subjects.add(recorded(request, records, fitted));
        }
        boolean isUsual = records == null && request.scenarios().isEmpty();
        for (String name : isUsual ? List.of(USUAL_SCENARIO) : request.scenarios()) {
            Scenario scenario = Scenarios.find(name);
            int own = scenario.team().agents();
            List<Integer> asked = request.teams().isEmpty() ? USUAL_TEAMS : request.teams();
            subjects.add(subject(request, scenario, own > 0 ? List.of(own) : asked, USUAL_HOURS, null));
        }
        return subjects;
    }

    private static Subject recorded(LabRequest request, Path file, Consumer<String> told) throws BenchException {
        FittedLaws laws = HistoryFit.of(file.toString(), CallExportFile.read(file));
        FittedScenario fitted = FittedScenario.of(laws);
        told.accept(fitted.text(laws));
        List<Integer> teams = request.teams().isEmpty() ? List.of(fitted.agents()) : request.teams();
        return subject(request, fitted.scenario(), teams, fitted.hours(), laws.actual());
    }

    private static Subject subject(
            LabRequest request,
            Scenario scenario,
            List<Integer> teams,
            double usualHours,
            FittedLaws.@Nullable Actual actual) {
        Duration window = request.window();
        return new Subject(
                window == null ? scenario : scenario.withWindow(window),
                teams,
                request.hours() == null ? usualHours : request.hours(),
                request.days() == null ? scenario.days() : request.days(),
                actual);
    }
}
