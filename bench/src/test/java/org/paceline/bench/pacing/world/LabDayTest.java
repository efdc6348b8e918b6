package org.paceline.bench.pacing.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.pacing.contender.Contender;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.ScenarioFile;
import org.paceline.bench.pacing.scenario.Scenarios;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.simulation.VirtualWorld;
import org.paceline.dialer.time.Moment;

class LabDayTest {

    @Test
    void shouldBeTheSameDayForTheSameSeedAndAnotherForAnother() {
        Scenario scenario = Scenarios.named("segments");

        LabDay.Result first = run(scenario, 5, 1, Contender.PREDICTIVE, 1);
        LabDay.Result again = run(scenario, 5, 1, Contender.PREDICTIVE, 1);
        LabDay.Result other = run(scenario, 5, 1, Contender.PREDICTIVE, 2);

        assertThat(again)
                .usingRecursiveComparison()
                .ignoringFields("decisionNanos")
                .isEqualTo(first);
        assertThat(other.trace()).isNotEqualTo(first.trace());
        assertThat(other.utilisation()).isNotEqualTo(first.utilisation());
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant", "machines", "two-campaigns", "bad-list", "trunk-limit", "break-third"})
    void shouldLoseNoCall(String name) {
        LabDay.Result day = run(Scenarios.named(name), 10, 2.5, Contender.PREDICTIVE, 3);

        long over = day.outcomes().values().stream().mapToLong(Long::longValue).sum();
        long live = day.dials() - over;
        assertThat(live).isBetween(0L, 100L);
        assertThat(day.connected()).isPositive();
        assertThat(day.answered())
                .isEqualTo(day.connected() + day.abandoned() + day.waiting() + count(day, Outcome.CALLER_HUNG_UP));
        assertThat(day.campaigns().stream()
                        .mapToLong(LabDay.OfCampaign::answered)
                        .sum())
                .isEqualTo(day.answered());
        assertThat(day.campaigns().stream()
                        .mapToLong(LabDay.OfCampaign::abandoned)
                        .sum())
                .isEqualTo(day.abandoned());
        assertThat(day.decisionNanos().getTotalCount()).isPositive();
    }

    @Test
    void shouldDetectTheMachinesThatTheScenarioSaysAndHandTheOthersToAgents() {
        Scenario scenario = read("""
                answer: 50%
                machines: {share: 40%, talk: {fixed: 5s}, detection: {share: 75%, takes: {fixed: 1s}}}
                """);

        LabDay.Result day = run(scenario, 20, 3, Contender.PROGRESSIVE, 1);

        double machines = count(day, Outcome.MACHINE);
        assertThat(machines / (machines + day.answered())).isCloseTo(0.3, within(0.03));
        assertThat((machines + day.answered()) / day.dials()).isCloseTo(0.5, within(0.02));
    }

    @Test
    void shouldEndCallsAsTheNetworkDoes() {
        LabDay.Result day = run(read("""
                        answer: 20%
                        failures:
                          - {outcome: busy, share: 25%}
                          - {outcome: congestion, share: 25%}
                        """), 20, 2, Contender.PROGRESSIVE, 1);

        assertThat(count(day, Outcome.BUSY) / (double) day.dials()).isCloseTo(0.2, within(0.02));
        assertThat(count(day, Outcome.CONGESTION) / (double) day.dials()).isCloseTo(0.2, within(0.02));
        assertThat(count(day, Outcome.NO_ANSWER) / (double) day.dials()).isCloseTo(0.4, within(0.02));
    }

    @Test
    void shouldLetCustomersHangUpWhoLosePatience() {
        String hasty = "answer: 60%\npatience: {exponential: 500ms}\n";

        LabDay.Result day = run(read(hasty), 10, 3, Contender.RATIO, 1);

        assertThat(count(day, Outcome.CALLER_HUNG_UP)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldPauseAgentsAfterTheirCallsForAsLongAsTheBreakLasts(boolean announced) {
        Scenario scenario = read("""
                answer: 30%
                agents: {breaks: [{at: 20m, share: 50%, lasts: 15m, announced: FLAG}]}
                """.replace("FLAG", Boolean.toString(announced)));

        LabDay.Result day = run(scenario, 8, 1, Contender.PREDICTIVE, 1);

        DayTrace trace = trace(day);
        assertThat(at(trace, trace.paused(), 0, 1_190)).containsOnly(0);
        assertThat(at(trace, trace.paused(), 1_210, 1_500)).anyMatch(paused -> paused < 4);
        assertThat(at(trace, trace.paused(), 1_210, 2_400)).contains(4).allMatch(paused -> paused <= 4);
        assertThat(at(trace, trace.paused(), 3_400, 3_600)).containsOnly(0);
        assertThat(day.pausedHours()).isCloseTo(1, within(1e-4));
        assertThat(day.agentHours()).isCloseTo(7, within(0.01));
    }

    @Test
    void shouldDialNothingWhileEverybodyIsOnBreak() {
        Scenario scenario = read("""
                answer: 30%
                talk: {fixed: 60s}
                agents: {breaks: [{at: 20m, share: 100%, lasts: 20m}]}
                """);

        DayTrace trace = trace(run(scenario, 8, 1, Contender.PREDICTIVE, 1));

        assertThat(at(trace, trace.paused(), 1_500, 2_390)).containsOnly(8);
        assertThat(at(trace, trace.ringing(), 1_500, 2_390)).containsOnly(0);
        assertThat(at(trace, trace.ringing(), 2_600, 3_600)).anyMatch(ringing -> ringing > 0);
    }

    @Test
    void shouldGrowAsAgentsComeOneByOneAndShrinkAsTheyLeave() {
        Scenario scenario = read("""
                answer: 30%
                agents: {arrive-every: 10m, sign-offs: [{at: 50m, share: 50%}]}
                talk: {fixed: 30s}
                """);

        DayTrace trace = trace(run(scenario, 4, 1, Contender.PREDICTIVE, 1));

        for (int agents = 1; agents <= 4; agents++) {
            int until = agents == 4 ? 2_990 : agents * 600 - 10;
            assertThat(present(trace, (agents - 1) * 600 + 10, until)).containsOnly(agents);
        }
        assertThat(present(trace, 3_300, 3_600)).containsOnly(2);
    }

    @Test
    void shouldHaveAgentsWhoseTalksDifferByTheirPace() {
        int agents = 400;
        double[] paces = paces(Scenarios.named("own-pace"), agents);

        double mean = Arrays.stream(paces).average().orElseThrow();
        double variance = Arrays.stream(paces)
                .map(pace -> (pace - mean) * (pace - mean))
                .average()
                .orElseThrow();
        assertThat(mean).as("seed=7").isCloseTo(1, within(0.06));
        assertThat(Math.sqrt(variance)).as("seed=7").isCloseTo(0.3, within(0.06));
        assertThat(paces(Scenarios.named("constant"), agents)).containsOnly(1);
    }

    private static double[] paces(Scenario scenario, int agents) {
        LabTeam team = new LabTeam(
                new VirtualWorld(new Moment(0, 0)), scenario, new Draws(7), agents, List.of(new CampaignId("lab")));
        return IntStream.range(0, agents)
                .mapToDouble(i -> team.pace(BenchFloor.agent(i)))
                .toArray();
    }

    @Test
    void shouldKeepTheTrunksLimits() {
        LabDay.Result free = run(read("answer: 25%"), 10, 1, Contender.PREDICTIVE, 1);
        LabDay.Result slow = run(read("answer: 25%\ntrunk: {calls-per-second: 0.1}"), 10, 1, Contender.PREDICTIVE, 1);
        LabDay.Result narrow = run(read("answer: 25%\ntrunk: {channels: 6}"), 10, 1, Contender.PREDICTIVE, 1);

        assertThat(free.dials()).isGreaterThan(600);
        assertThat(slow.dials()).isBetween(300L, 361L);
        DayTrace trace = trace(narrow);
        List<Integer> inUse = IntStream.range(0, trace.seconds().size())
                .mapToObj(i -> trace.ringing().get(i)
                        + trace.waiting().get(i)
                        + trace.talking().get(i))
                .toList();
        assertThat(inUse).allMatch(channels -> channels <= 6).contains(6);
    }

    @Test
    void shouldShareAgentsBetweenCampaigns() {
        Scenario scenario = read("""
                agents: {count: 4}
                campaigns:
                  - {name: a, answer: 20%}
                  - {name: b, answer: 40%}
                """);

        LabDay.Result day = run(scenario, 4, 2, Contender.PREDICTIVE, 1);

        assertThat(day.campaigns()).extracting(LabDay.OfCampaign::name).containsExactly("a", "b");
        assertThat(day.campaigns()).allMatch(campaign -> campaign.answered() > 20);
        assertThat(day.agentHours()).isCloseTo(8, within(0.01));
        assertThat(day.utilisation()).isBetween(0.5, 1.0);
        assertThat(day.abandonedRatio()).isGreaterThanOrEqualTo((double) day.abandoned() / day.answered());
    }

    @Test
    void shouldDialNothingOnceTheListHasRunOutUntilTheNextOneComes() {
        Scenario scenario = read("""
                lists:
                  - {from: 0s, until: 5m, answer: 25%}
                  - {from: 45m, answer: 40%}
                """);

        DayTrace trace = trace(run(scenario, 10, 1, Contender.PREDICTIVE, 1));

        assertThat(at(trace, trace.ringing(), 0, 300)).anyMatch(ringing -> ringing > 0);
        assertThat(at(trace, trace.ringing(), 1_800, 2_690)).containsOnly(0);
        assertThat(at(trace, trace.ringing(), 2_710, 2_800)).anyMatch(ringing -> ringing > 0);
        assertThat(at(trace, trace.trueRate(), 0, 290)).containsOnly(0.25);
        assertThat(at(trace, trace.trueRate(), 310, 2_690)).containsOnly(0.0);
        assertThat(at(trace, trace.answerRateDeviation(), 60, 290))
                .allMatch(deviation -> deviation > 0.01 && deviation < 0.3);
    }

    @Test
    void shouldGoOnTheNextDayWithAllThatIsInTheWindow() {
        Scenario scenario = read("answer: 30%\npolicy: {window: 30d}\n");

        LabDay.Result days = new LabDay(setup(scenario, 5, 1, 3, Contender.PREDICTIVE, 1)).run();

        assertThat(days.agentHours()).isCloseTo(15, within(1.0));
        assertThat(trace(days).paused()).containsOnly(0);
        assertThat(days.answered()).isGreaterThan(250);
        assertThat(days.outcomes().keySet()).doesNotContain(Outcome.INTERRUPTED);
    }

    private static LabDay.Result run(Scenario scenario, int agents, double hours, Contender contender, long seed) {
        return new LabDay(setup(scenario, agents, hours, 1, contender, seed)).run();
    }

    private static LabDay.Setup setup(
            Scenario scenario, int agents, double hours, int days, Contender contender, long seed) {
        Entrant entrant = contender == Contender.RATIO ? Entrant.of(contender, 2) : Entrant.of(contender);
        return new LabDay.Setup(scenario, agents, hours, days, entrant, seed, true);
    }

    private static long count(LabDay.Result day, Outcome outcome) {
        return day.outcomes().getOrDefault(outcome, 0L);
    }

    private static DayTrace trace(LabDay.Result day) {
        return Objects.requireNonNull(day.trace());
    }

    /** The samples of these seconds, both ends included. */
    private static <T> List<T> at(DayTrace trace, List<T> samples, double from, double to) {
        return IntStream.range(0, samples.size())
                .filter(i -> trace.seconds().get(i) >= from && trace.seconds().get(i) <= to)
                .mapToObj(samples::get)
                .toList();
    }

    private static List<Integer> present(DayTrace trace, double from, double to) {
        List<Integer> all = IntStream.range(0, trace.seconds().size())
                .mapToObj(i -> trace.free().get(i)
                        + trace.talking().get(i)
                        + trace.wrapUp().get(i)
                        + trace.paused().get(i))
                .toList();
        return at(trace, all, from, to);
    }

    private static Scenario read(String text) {
        return ScenarioFile.parse("test", "test.yaml", text);
    }
}
