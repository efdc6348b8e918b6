package org.paceline.bench.pacing.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenario.Group;
import org.paceline.bench.pacing.scenario.ScenarioFile;
import org.paceline.dialer.forecast.ServiceLaw.Phase;

class TrueLawsTest {
    private static final double NEAR = 0.006;

    private final double[] chances = new double[26];

    /** Who talks without memory ends as soon after an hour as at once: the sum of two exponential times. */
    @Test
    void shouldTellWhenAgentsAreFreeWhateverTheirAge() {
        TrueLaws laws = laws("answer: 25%\ntalk: {exponential: 60s}\nwrap-up: {exponential: 15s}\n");
        for (double age : new double[] {0, 47.3}) {
            laws.frees(0, Phase.TALK, 1, age, chances);
            for (int j = 1; j <= 26; j++) {
                double free = 1 - (60 * Math.exp(-j / 60.0) - 15 * Math.exp(-j / 15.0)) / 45;
                assertThat(chances[j - 1]).as("%s s after %s", j, age).isCloseTo(free, within(NEAR));
            }
            laws.frees(0, Phase.WRAP_UP, 1, age, chances);
            assertThat(chances[9]).isCloseTo(1 - Math.exp(-10 / 15.0), within(3 * NEAR));
        }
        laws.frees(0, Phase.TALK, 1, 50_000, chances);
        assertThat(chances[25]).as("older than any draw").isBetween(0.05, 1.0);
    }

    /** A call that has rung through most of the answers is less likely to be answered than a new one. */
    @Test
    void shouldTellWhenCallsAreAnsweredGivenThatTheyAreNot() {
        Scenario scenario = scenario("answer: 25%\nring: {exponential: 10s}\nunanswered: {fixed: 1000s}\n");
        TrueLaws laws = new TrueLaws(scenario);
        Group all = groups(scenario).getFirst();
        laws.answers(0, all, 0.25, 0, chances);
        assertThat(chances[9]).isCloseTo(0.25 * (1 - Math.exp(-1)), within(NEAR));
        laws.answers(0, all, 0.25, 20, chances);
        double still = 0.25 * Math.exp(-2);
        assertThat(chances[9]).isCloseTo(still * (1 - Math.exp(-1)) / (still + 0.75), within(NEAR));
        laws.answers(0, all, 0, 20, chances);
        assertThat(chances).containsOnly(0);
    }

    /** Who has not been told of as busy or as a machine is likelier to answer; who rings longer than phones do is over. */
    @Test
    void shouldKnowWhatElseEndsCalls() {
        Scenario scenario = scenario("""
                answer: 40%
                ring: {fixed: 10s}
                unanswered: {fixed: 25s}
                machines: {share: 50%, talk: {fixed: 5s}, detection: {share: 60%, takes: {fixed: 2s}}}
                failures: [{outcome: busy, share: 50%, after: {fixed: 3s}}]
                """);
        TrueLaws laws = new TrueLaws(scenario);
        Group all = groups(scenario).getFirst();
        laws.answers(0, all, 0.4, 0, chances);
        assertThat(chances[10]).isZero();
        assertThat(chances[11]).isCloseTo(0.4 * 0.7, within(NEAR));
        laws.answers(0, all, 0.4, 5, chances);
        assertThat(chances[6]).isCloseTo(0.4 * 0.7 / (0.4 + 0.6 * 0.5), within(NEAR));
        laws.answers(0, all, 0.4, 13, chances);
        assertThat(chances).containsOnly(0);
    }

    @Test
    void shouldKnowHowLongEachGroupRings() {
        Scenario scenario = scenario("""
                ring: {fixed: 10s}
                segments:
                  - {answer: 40%}
                  - {answer: 40%, ring: {fixed: 5s}}
                  - {answer: 40%, unanswered: {fixed: 8s}}
                """);
        TrueLaws laws = new TrueLaws(scenario);
        List<Group> groups = groups(scenario);

        laws.answers(0, groups.get(0), 0.4, 0, chances);
        assertThat(chances[8]).isZero();
        assertThat(chances[9]).isCloseTo(0.4, within(NEAR));
        laws.answers(0, groups.get(1), 0.4, 0, chances);
        assertThat(chances[3]).isZero();
        assertThat(chances[4]).isCloseTo(0.4, within(NEAR));
        laws.answers(0, groups.get(2), 0.4, 0, chances);
        assertThat(chances).as("gives up before").containsOnly(0);
    }

    private static TrueLaws laws(String text) {
        return new TrueLaws(scenario(text));
    }

    private static Scenario scenario(String text) {
        return ScenarioFile.parse("test", "test.yaml", text);
    }

    private static List<Group> groups(Scenario scenario) {
        return scenario.campaigns().getFirst().lists().getFirst().groups();
    }
}
