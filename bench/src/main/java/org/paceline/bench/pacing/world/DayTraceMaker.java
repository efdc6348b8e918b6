package org.paceline.bench.pacing.world;

import java.util.ArrayList;
import java.util.List;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.pacing.PacingState;

/** Samples a run for its {@link DayTrace}. Thread: one at a time. */
final class DayTraceMaker {
    private final List<Double> seconds = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private final List<Integer> talking = new ArrayList<>();
    private final List<Integer> wrapUp = new ArrayList<>();
    private final List<Integer> paused = new ArrayList<>();
    private final List<Integer> ringing = new ArrayList<>();
    private final List<Integer> waiting = new ArrayList<>();
    private final List<Double> estimatedRate = new ArrayList<>();
    private final List<Double> answerRateDeviation = new ArrayList<>();
    private final List<Double> trueRate = new ArrayList<>();
    private final List<Double> price = new ArrayList<>();

    void sample(double second, Snapshot snapshot, double rate) {
        seconds.add(second);
        int[] agents = new int[4];
        for (Snapshot.AgentStatus agent : snapshot.agents()) {
            switch (agent.state()) {
                case READY, RESERVED, LINE_CONNECTING -> agents[0]++;
                case TALKING -> agents[1]++;
                case WRAP_UP -> agents[2]++;
                case PAUSED -> agents[3]++;
                case SIGNED_OUT -> {}
            }
        }
        free.add(agents[0]);
        talking.add(agents[1]);
        wrapUp.add(agents[2]);
        paused.add(agents[3]);
        ringing.add(snapshot.campaigns().stream()
                .mapToInt(Snapshot.CampaignStatus::ringing)
                .sum());
        waiting.add(snapshot.campaigns().stream()
                .mapToInt(Snapshot.CampaignStatus::waiting)
                .sum());
        PacingState pacing = snapshot.campaigns().getFirst().pacing();
        estimatedRate.add(pacing == null ? Double.NaN : pacing.answerRate());
        answerRateDeviation.add(pacing == null ? Double.NaN : pacing.answerRateDeviation());
        price.add(pacing == null ? Double.NaN : pacing.price());
        trueRate.add(rate);
    }

    DayTrace trace() {
        return new DayTrace(
                List.copyOf(seconds),
                List.copyOf(free),
                List.copyOf(talking),
                List.copyOf(wrapUp),
                List.copyOf(paused),
                List.copyOf(ringing),
                List.copyOf(waiting),
                List.copyOf(estimatedRate),
                List.copyOf(answerRateDeviation),
                List.copyOf(trueRate),
                List.copyOf(price));
    }
}
