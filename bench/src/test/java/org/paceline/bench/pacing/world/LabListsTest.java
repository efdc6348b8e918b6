package org.paceline.bench.pacing.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.ScenarioFile;
import org.paceline.bench.pacing.scenario.Scenarios;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;

class LabListsTest {

    @Test
    void shouldHandOutTheSameLeadsHoweverManyAreAskedForAtOnce() {
        Scenario scenario = Scenarios.named("segments");
        CampaignId id = new CampaignId("lab");
        LabLists one = new LabLists(scenario, new Draws(7), new BenchFloor());
        LabLists other = new LabLists(scenario, new Draws(7), new BenchFloor());

        List<String> atOnce = grades(one.next(0, id, 100, 0));
        List<String> inTwo = new ArrayList<>(grades(other.next(0, id, 40, 0)));
        inTwo.addAll(grades(other.next(0, id, 60, 5)));

        assertThat(inTwo).isEqualTo(atOnce);
        assertThat(atOnce).contains("0", "5", "9");
    }

    @Test
    void shouldTellTheLeadsToComeInTheOrderInWhichTheyAreHandedOut() {
        Scenario scenario = ScenarioFile.parse("test", "test.yaml", """
                lists:
                  - from: 0s
                    until: 10m
                    segments: [{grade: a, answer: 10%}, {grade: b, answer: 40%}]
                """);
        CampaignId id = new CampaignId("lab");
        LabLists lists = new LabLists(scenario, new Draws(7), new BenchFloor());
        List<Lead> first = lists.next(0, id, 5, 0);
        assertThat(lists.take(first.getFirst().id()).number()).isZero();

        List<LabLists.Entry> foreseen = IntStream.range(0, 30)
                .mapToObj(after -> Objects.requireNonNull(lists.upcoming(0, after, 0)))
                .toList();
        List<Lead> rest = new ArrayList<>(first.subList(1, 5));
        rest.addAll(lists.next(0, id, 26, 0));

        assertThat(rest.stream().map(lead -> lists.take(lead.id()))).isEqualTo(foreseen);
        assertThat(foreseen.stream().map(entry -> entry.chanceAt(0))).containsOnly(0.1, 0.4);
        assertThat(lists.upcoming(0, 0, 601)).as("the list has run out").isNull();
    }

    private static List<String> grades(List<Lead> leads) {
        return leads.stream().map(lead -> String.valueOf(lead.traits().grade())).toList();
    }
}
