package org.paceline.daemon.demo;

import java.util.Map;
import java.util.TreeMap;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.engine.Snapshot;

/**
 * The results of the demo; these are the keys of {@code --json}.
 *
 * @param attempts calls placed
 * @param answered calls answered by a person
 * @param connected calls connected with an agent
 * @param abandonedPercent abandoned calls, percent of the answered ones
 * @param outcomes attempts by how they ended
 * @param refusals dials that a rule refused, by rule
 * @param utilisationPercent share of the agents' time at work (not paused) that they talked or wrapped up
 * @param recordings recordings in the database
 * @param seconds how long it dialled
 */
public record DemoSummary(
        long attempts,
        long answered,
        long connected,
        double abandonedPercent,
        Map<String, Long> outcomes,
        Map<String, Long> refusals,
        double utilisationPercent,
        long recordings,
        Millis answerToConnectedMillis,
        double seconds) {

    /** Times from the called party's 200 OK to joined audio, milliseconds. */
    public record Millis(double p50, double p99) {}

    /**
     * @param busy the snapshot at the end of dialling, for the agents' time
     * @param end the snapshot when all calls were over
     */
    static DemoSummary of(Snapshot busy, Snapshot end, long recordings, double seconds) {
        long attempts = 0;
        long answered = 0;
        long abandoned = 0;
        Map<String, Long> outcomes = new TreeMap<>();
        Map<String, Long> refusals = new TreeMap<>();
        for (Snapshot.CampaignStatus campaign : end.campaigns()) {
            attempts += campaign.attempts();
            answered += campaign.answered();
            abandoned += campaign.abandoned();
            campaign.outcomes().forEach((outcome, count) -> outcomes.merge(outcome.name(), count, Long::sum));
            campaign.refusals().forEach((rule, count) -> refusals.merge(rule.text(), count, Long::sum));
        }
        Snapshot.Latency latency = end.answerToConnected();
        return new DemoSummary(
                attempts,
                answered,
                latency.count(),
                percent(abandoned, answered),
                outcomes,
                refusals,
                utilisation(busy),
                recordings,
                new Millis(latency.p50Micros() / 1_000.0, latency.p99Micros() / 1_000.0),
                Math.round(seconds * 10) / 10.0);
    }

    private static double utilisation(Snapshot snapshot) {
        long worked = 0;
        long there = 0;
        for (Snapshot.AgentStatus agent : snapshot.agents()) {
            for (Map.Entry<AgentState, Long> spent : agent.spent().asMillis().entrySet()) {
                switch (spent.getKey()) {
                    case TALKING, WRAP_UP, RESERVED -> {
                        worked += spent.getValue();
                        there += spent.getValue();
                    }
                    case READY -> there += spent.getValue();
                    case SIGNED_OUT, LINE_CONNECTING, PAUSED -> {}
                }
            }
        }
        return percent(worked, there);
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : Math.round(1_000.0 * part / whole) / 10.0;
    }
}
