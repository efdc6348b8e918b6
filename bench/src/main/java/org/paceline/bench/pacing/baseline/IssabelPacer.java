package org.paceline.bench.pacing.baseline;

import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.Situation;

/**
 * The predictor of Issabel and Elastix: an agent counts as good as free once the time talked plus the mean time until
 * an answer is so long that an exponential talk of the mean length would have ended with a chance of 97 %. One call for
 * each agent who is free or as good as free; with overcommit, as many more as calls are not answered.
 *
 * <p>Thread: engine only.
 */
public final class IssabelPacer implements Pacer {
    private static final double SURE = 0.97;
    private static final double LEAST_ANSWERED = 0.2;

    private final boolean overcommits;
    private final TalkTimes talks = new TalkTimes();
    private final LastMinutes halfHour = new LastMinutes(30);
    private final Interval forgetting = new Interval(1);
    private double answerDelaySeconds;
    private int soon;

    /** @param overcommits whether calls are divided by the share answered of the last half hour */
    public IssabelPacer(boolean overcommits) {
        this.overcommits = overcommits;
    }

    @Override
    public int callsToPlace(Situation situation) {
        talks.see(situation);
        if (forgetting.isDue(situation.nowNanos())) {
            answerDelaySeconds = RingTime.meanSeconds(situation.calls());
            halfHour.see(
                    situation.nowNanos(),
                    situation.calls().placed(),
                    situation.calls().answers());
        }
        double agents = situation.agentsReady() + soonFree(situation.nowNanos());
        double calls = overcommits ? agents / Math.max(LEAST_ANSWERED, halfHour.ratio()) : agents;
        return (int) Math.max(0, Math.floor(calls) - situation.callsUnassigned());
    }

    private int soonFree(long nowNanos) {
        double mean = talks.meanSeconds();
        soon = 0;
        if (mean > 0) {
            talks.forEach(since -> {
                double talked = (nowNanos - since) / 1e9;
                soon += 1 - Math.exp(-(talked + answerDelaySeconds) / mean) >= SURE ? 1 : 0;
            });
        }
        return soon;
    }
}
