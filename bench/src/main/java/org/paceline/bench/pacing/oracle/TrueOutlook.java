package org.paceline.bench.pacing.oracle;

import org.paceline.dialer.forecast.CallForecast;
import org.paceline.dialer.forecast.CallForecast.Dial;
import org.paceline.dialer.pacing.Outlook;
import org.paceline.dialer.pacing.Situation;

/**
 * Knows the laws by which the lab draws, so that nothing has to be learnt. Of what is drawn it knows only what every
 * dialer sees. Leads are dialled in the order of the list.
 */
public final class TrueOutlook implements Outlook {
    private static final double[] NO_SLOPE = new double[HORIZON_SECONDS];

    private final Futures futures;

    public TrueOutlook(Futures futures) {
        this.futures = futures;
    }

    @Override
    public void agents(Situation situation, Agents into) {
        double[] within = new double[HORIZON_SECONDS + 1];
        situation.busyAgents((agent, _, phase, since) -> {
            futures.freeWithin(agent, phase, (situation.nowNanos() - since) / 1e9, within);
            into.agent(within);
        });
    }

    @Override
    public void calls(Situation situation, Calls into) {
        tell(situation.calls(), true, into);
        situation.callsOfSharing().forEach(other -> tell(other, false, into));
    }

    private void tell(CallForecast calls, boolean isOwn, Calls into) {
        double[] within = new double[HORIZON_SECONDS];
        for (Dial dial : calls.inFlight()) {
            if (!dial.hasAgent()) {
                futures.answersWithin(dial.call(), within);
                into.call(isOwn ? dial : null, within, NO_SLOPE, 0);
            }
        }
    }

    @Override
    public boolean next(Situation situation, int after, boolean likeliest, Next into) {
        double[] within = new double[HORIZON_SECONDS];
        if (!futures.nextAnswersWithin(situation.campaign(), after, within)) {
            return false;
        }
        into.of(1, 0, within);
        return true;
    }
}
