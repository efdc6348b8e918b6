package org.paceline.bench.pacing.baseline;

import org.paceline.dialer.forecast.CallForecast;
import org.paceline.dialer.forecast.CallForecast.Dial;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.pacing.Outlook;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.Situation;

/**
 * Places calls until the expected answers of all calls that ring equal a factor times the agents who are idle, or are
 * expected to be within the mean ring time. It uses means only, and not how far the day may be from them, so the factor
 * must leave room for that. Odds, ring time and agents' times are the production forecast's.
 *
 * <p>Thread: engine only.
 */
public final class ExpectedFreePacer implements Pacer {
    private final double factor;
    private final double[] chances = new double[Outlook.HORIZON_SECONDS];
    private final double[] slope = new double[Outlook.HORIZON_SECONDS];
    private double releases;

    /** @param factor expected answers for each agent expected to be free */
    public ExpectedFreePacer(double factor) {
        this.factor = factor;
    }

    @Override
    public int callsToPlace(Situation situation) {
        CallForecast calls = situation.calls();
        calls.advance(situation.nowNanos());
        double free = situation.agentsReady() - situation.callsWaiting() + releases(situation);
        double lacking = factor * free - expectedAnswers(situation);
        return (int) Math.max(0, Math.floor(lacking / calls.answerRate()));
    }

    private double releases(Situation situation) {
        long now = situation.nowNanos();
        int within = Math.clamp(Math.round(RingTime.meanSeconds(situation.calls())), 1, ServiceLaw.HORIZON_SECONDS);
        releases = 0;
        situation.busyAgents((_, law, phase, since) -> releases += law.within(phase, since, now)[within - 1]);
        return releases;
    }

    private double expectedAnswers(Situation situation) {
        double sum = 0;
        for (Dial dial : situation.calls().inFlight()) {
            situation.calls().within(dial, situation.nowNanos(), chances, slope);
            sum += chances[chances.length - 1];
        }
        return sum;
    }
}
