package org.paceline.bench.pacing.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.paceline.bench.measure.BenchException;
import org.paceline.dialer.call.Outcome;
import org.paceline.rules.AbandonmentTerms.Window;
import org.paceline.yaml.ConfigException;

class ScenarioFileTest {
    @SuppressWarnings("unused") // by the name test below
    static final Iterable<String> NAMES = Scenarios.NAMES;

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldReadEachScenarioThatComesAlong(String name) {
        Scenario scenario = Scenarios.named(name);

        assertThat(scenario.name()).isEqualTo(name);
        assertThat(scenario.terms().limitRatio()).isEqualTo(0.03);
    }

    @Test
    void shouldNameEachFileThatComesAlongAndSayWhatItIs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("scenarios"))) {
            assertThat(files.toList())
                    .allSatisfy(file -> assertThat(Files.readString(file)).startsWith("# "))
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrderElementsOf(
                            Scenarios.NAMES.stream().map(name -> name + ".yaml").toList());
        }
    }

    @Test
    void shouldReadEveryKey() {
        Scenario scenario = read("""
                days: 2
                agents:
                  count: 7
                  arrive-every: 30s
                  breaks: [{at: 1h, share: 50%, lasts: 10m, announced: false}]
                  sign-offs: [{at: 2h, share: 20%}]
                set-up: {fixed: 500ms}
                ring: {lognormal: 9s, cv: 0.5}
                patience: {exponential: 4s}
                campaigns:
                  - name: one
                    agents: 60%
                    lists:
                      - {from: 0s, until: 1h, answer: {ramp: [40%, 20%], over: 1h}}
                      - {from: 2h, segments: [{grade: a, weight: 3, answer: 10%}, {answer: 50%}]}
                    machines: {share: 30%, talk: {fixed: 5s}, detection: {share: 80%, takes: {fixed: 1s}}}
                  - name: two
                    answer: {steps: [{at: 0s, chance: 10%}, {at: 1h, chance: 30%}]}
                    failures: [{outcome: invalid-number, share: 5%, after: {fixed: 2s}}]
                    talk: {mixture: [{weight: 3, fixed: 20s}, {weight: 1, fixed: 100s}]}
                trunk: {channels: 9, channels-per-agent: 2, calls-per-second-per-agent: 0.1}
                policy: {limit: 2%, window: 30d, connect-within: 1s, minimum-ring: 12s}
                """);

        assertThat(scenario.days()).isEqualTo(2);
        assertThat(scenario.team().agents()).isEqualTo(7);
        assertThat(scenario.team().arriveEverySeconds()).isEqualTo(30);
        assertThat(scenario.team().breaks()).containsExactly(new Scenario.Break(3_600, 0.5, 600, false));
        assertThat(scenario.team().signOffs()).containsExactly(new Scenario.SignOff(7_200, 0.2));
        Scenario.ScenarioCampaign one = scenario.campaigns().getFirst();
        Scenario.ScenarioCampaign two = scenario.campaigns().getLast();
        assertThat(one.agentsShare()).isEqualTo(0.6);
        assertThat(one.lists().getFirst().chanceAt(1_800)).isCloseTo(0.3, within(1e-9));
        assertThat(one.lists().getFirst().untilSecond()).isEqualTo(3_600);
        assertThat(one.lists().getLast().groups())
                .extracting(Scenario.Group::grade)
                .containsExactly("a", "1");
        assertThat(one.lists().getLast().chanceAt(0)).isCloseTo(0.2, within(1e-9));
        assertThat(one.people().machines().toldShare()).isCloseTo(0.76, within(1e-9));
        assertThat(one.people().setUp()).isEqualTo(new DurationLaw.Fixed(0.5));
        assertThat(two.lists().getFirst().chanceAt(3_599)).isEqualTo(0.1);
        assertThat(two.lists().getFirst().chanceAt(3_600)).isEqualTo(0.3);
        assertThat(two.people().failures())
                .containsExactly(new Scenario.Failure(Outcome.INVALID_NUMBER, 0.05, new DurationLaw.Fixed(2)));
        assertThat(two.people().talk().meanSeconds()).isEqualTo(40);
        assertThat(two.people().ring()).isEqualTo(new DurationLaw.LogNormal(9, 4.5));
        assertThat(two.people().patience()).isEqualTo(new DurationLaw.Exponential(4));
        assertThat(scenario.trunk().channels(3)).isEqualTo(6);
        assertThat(scenario.trunk().channels(30)).isEqualTo(9);
        assertThat(scenario.trunk().callsPerSecond(5)).isEqualTo(0.5);
        assertThat(scenario.terms().limitRatio()).isEqualTo(0.02);
        assertThat(scenario.terms().window())
                .isEqualTo(new Window.Rolling(Duration.ofDays(30).toMillis()));
        assertThat(scenario.withWindow(Duration.ofHours(1)).terms().window()).isEqualTo(new Window.Rolling(3_600_000));
    }

    @Test
    void shouldLetSegmentsRingAsLongAsTheySayOrElseTheScenario() {
        Scenario.ScenarioCampaign campaign = read("""
                ring: {fixed: 9s}
                unanswered: {fixed: 30s}
                segments:
                  - {answer: 10%}
                  - {answer: 20%, ring: {lognormal: 6s, sd: 2s}}
                  - {answer: 30%, unanswered: {fixed: 20s}}
                """).campaigns().getFirst();

        assertThat(campaign.lists().getFirst().groups())
                .extracting(group -> campaign.people().of(group))
                .extracting(Scenario.People::ring, Scenario.People::unanswered)
                .containsExactly(
                        tuple(new DurationLaw.Fixed(9), new DurationLaw.Fixed(30)),
                        tuple(new DurationLaw.LogNormal(6, 2), new DurationLaw.Fixed(30)),
                        tuple(new DurationLaw.Fixed(9), new DurationLaw.Fixed(20)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "answers: 25% | f.yaml:1: answers: unknown key; did you mean 'answer'?",
                "days: 1 | f.yaml:1: answer: is missing: must be a percentage from 0% to 100%, for example 3%",
                "answer: many | f.yaml:1: answer: must be a percentage from 0% to 100%, for example 3%; is 'many'",
                "answer: 125% | f.yaml:1: answer: must be a percentage",
                "answer: [25%] | f.yaml:1: answer: must be a percentage, for example 25%, or a mapping",
                "answer: {ramp: [1%], over: 1h} | f.yaml:1: answer.ramp: must be two percentages: [from, to]",
                "answer: {switching: [1%, 2%]} | f.yaml:1: answer.every: is missing: must be a duration",
                "answer: {every: 1h} | f.yaml:1: answer: must have one of switching, ramp, steps; has none",
                "answer: {steps: [{at: 1h, chance: 1%}, {at: 1h, chance: 2%}]} | f.yaml:1: answer.steps[1].at: must be after",
                "answer: 1%; segments: [{answer: 2%}] | f.yaml:1: answer: stands beside segments: keep one of the two",
                "lists: [{from: 1h, answer: 1%}, {from: 30m, answer: 1%}] | f.yaml:1: lists[1].from: must be a time not before",
                "lists: [{from: 1h}] | f.yaml:1: lists[0].answer: is missing",
                "segments: [{weight: 0, answer: 2%}] | f.yaml:1: segments[0].weight: must be more than 0; is 0.0",
                "segments: [{answer: 2%, ring: {fixed: soon}}] | f.yaml:1: segments[0].ring.fixed: must be a duration, for example",
                "segments: [{answer: 2%, ring: {}}] | f.yaml:1: segments[0].ring: must have one of lognormal, exponential, fixed",
                "segments: [{answer: 2%, unanswered: 5s}] | f.yaml:1: segments[0].unanswered: must be",
                "segments: [{answer: 2%, talk: {fixed: 5s}}] | f.yaml:1: segments[0].talk: unknown key",
                "answer: 1%; days: 0 | f.yaml:2: days: must be a number from 1 to 366; is 0",
                "answer: 1%; talk: {gamma: 3s} | f.yaml:2: talk: must have one of lognormal, exponential, fixed, mixture; has none",
                "answer: 1%; talk: {fixed: 3s, exponential: 3s} | has exponential and fixed",
                "answer: 1%; talk: {lognormal: 3s} | f.yaml:2: talk: must have sd or cv beside lognormal; has neither",
                "answer: 1%; ring: {fixed: soon} | f.yaml:2: ring.fixed: must be a duration, for example 30s",
                "answer: 1%; talk: {mixture: [{fixed: 3s}]} | f.yaml:2: talk.mixture[0].weight: is missing",
                "answer: 1%; agents: {count: 0} | f.yaml:2: agents.count: must be a number from 1 to 2000; is 0",
                "answer: 1%; agents: {breaks: [{at: 1h, share: 0%, lasts: 1m}]} | agents.breaks[0].share: must be more than 0%",
                "answer: 1%; agents: {breaks: [{at: 1h, share: 10%}]} | f.yaml:2: agents.breaks[0].lasts: is missing",
                "answer: 1%; failures: [{outcome: dead, share: 1%}] | must be one of busy, congestion, invalid-number, rejected",
                "answer: 1%; failures: [{outcome: busy, share: 60%}, {outcome: busy, share: 50%}] | 100% at most, together",
                "answer: 1%; machines: {detection: {}} | f.yaml:2: machines.share: is missing",
                "answer: 1%; trunk: {channels: 0} | f.yaml:2: trunk.channels: must be at least 1; is 0.0",
                "answer: 1%; trunk: {calls-per-second: 0} | f.yaml:2: trunk.calls-per-second: must be more than 0; is 0.0",
                "answer: 1%; policy: {window: 1s} | f.yaml:2: policy.window: must be a duration from 1m to 366d; is 1s",
                "campaigns: [{answer: 1%}] | f.yaml:1: campaigns[0].name: is missing",
                "campaigns: [{name: a, answer: 1%}, {name: a, answer: 1%}] | 'a' is another campaign's name already",
                "campaigns: [{name: a}] | f.yaml:1: campaigns[0].answer: is missing",
                "answer: 1%; answer: 2% | f.yaml:2: answer: is set twice",
                "answer: {ramp: [1%, 2% | f.yaml:1: is not YAML",
            })
    void shouldRefuseAWrongFileWithPlaceAndRemedy(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("; ", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldTellAllNamesWhereThereIsNoneSuch() {
        assertThatThrownBy(() -> Scenarios.find("constnat"))
                .isInstanceOf(BenchException.class)
                .hasMessageContaining("--scenario=constnat")
                .hasMessageContaining("one of constant, switching, ramp");
    }

    @Test
    void shouldFindAFileAndTellItsProblemsInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("own.yaml"), "answer: 30%\n");
        assertThat(Scenarios.find(file.toString()).name()).isEqualTo("own");

        Files.writeString(file, "answer: x\ndays: y\n");
        assertThatThrownBy(() -> Scenarios.find(file.toString()))
                .hasMessageContaining("own.yaml:1: answer: must be")
                .hasMessageEndingWith("(and 1 more)")
                .message()
                .hasLineCount(1);
    }

    @Test
    void shouldDrawDurationsOfTheMeanAndDeviationThatTheLawsSay() {
        assertLaw(new DurationLaw.LogNormal(120, 120), 120, 120);
        assertLaw(new DurationLaw.Exponential(15), 15, 15);
        assertLaw(new DurationLaw.Fixed(3), 3, 0);
        DurationLaw talk =
                Scenarios.named("bimodal-talk").campaigns().getFirst().people().talk();
        assertThat(talk.meanSeconds()).isCloseTo(120, within(1.0));
        assertLaw(talk, talk.meanSeconds(), 139);
    }

    private static void assertLaw(DurationLaw law, double mean, double deviation) {
        SplittableRandom random = new SplittableRandom(1);
        double[] drawn =
                DoubleStream.generate(() -> law.seconds(random)).limit(200_000).toArray();
        double drawnMean = DoubleStream.of(drawn).average().orElseThrow();
        double squares = DoubleStream.of(drawn)
                .map(value -> (value - drawnMean) * (value - drawnMean))
                .average()
                .orElseThrow();
        assertThat(law.meanSeconds()).isCloseTo(mean, within(1e-9));
        assertThat(drawnMean).isCloseTo(mean, within(0.01 * mean));
        assertThat(Math.sqrt(squares)).isCloseTo(deviation, within(0.03 * deviation + 1e-9));
    }

    private static Scenario read(String text) {
        return ScenarioFile.parse("f", "f.yaml", text);
    }
}
