package org.paceline.bench.pacing.oracle;

import org.paceline.dialer.forecast.CallForecast;
import org.paceline.dialer.forecast.CallForecast.Dial;
import org.paceline.dialer.pacing.Outlook;
import org.paceline.dialer.pacing.Situation;

/**
 * Knows whether and when each call is answered, before it is placed or once it is, and of agents only what was learnt.
 */
public final class FutureCalls implements Outlook {
    private static final double[] NO_SLOPE = new double[HORIZON_SECONDS];

    private final Futures futures;
    private final boolean knowsNext;

    /** @param knowsNext whether it also knows this of a call that is not placed yet */
    public FutureCalls(Futures futures, boolean knowsNext) {
        this.futures = futures;
        this.knowsNext = knowsNext;
    }

    @Override
    public void agents(Situation situation, Agents into) {
        LEARNED.agents(situation, into);
    }

    @Override
    public void calls(Situation situation, Calls into) {
        tell(situation.calls(), true, situation.nowNanos(), into);
        situation.callsOfSharing().forEach(other -> tell(other, false, situation.nowNanos(), into));
    }

    private void tell(CallForecast calls, boolean isOwn, long nowNanos, Calls into) {
        double[] within = new double[HORIZON_SECONDS];
        for (Dial dial : calls.inFlight()) {
            if (!dial.hasAgent()) {
                Steps.certain(futures.answersAtNanos(dial.call()) - nowNanos, within);
                into.call(isOwn ? dial : null, within, NO_SLOPE, 0);
            }
        }
    }

    @Override
    public boolean next(Situation situation, int after, boolean likeliest, Next into) {
        if (!knowsNext || !hasAgents(situation)) {
            return LEARNED.next(situation, after, likeliest, into);
        }
        long answersAfter = futures.nextAnswersAfterNanos(situation.campaign(), after);
        if (answersAfter == Futures.NO_CALL) {
            return false;
        }
        double[] law = new double[HORIZON_SECONDS];
        Steps.certain(answersAfter, law);
        into.of(1, 0, law);
        return true;
    }

    /**
     * Whether there is any agent who is ready or busy. Without one, a pacer that knows that nobody will answer a call
     * would place it all the same.
     */
    private static boolean hasAgents(Situation situation) {
        boolean[] isAnyBusy = {situation.agentsReady() > 0};
        situation.busyAgents((_, _, _, _) -> isAnyBusy[0] = true);
        return isAnyBusy[0];
    }
}
