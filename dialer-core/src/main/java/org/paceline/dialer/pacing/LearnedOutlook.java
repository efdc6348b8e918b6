package org.paceline.dialer.pacing;

import org.paceline.dialer.forecast.CallForecast;
import org.paceline.dialer.forecast.CallForecast.Dial;
import org.paceline.dialer.lead.LeadGroup;

/** An outlook learnt from earlier calls and agents. Nothing is kept between two questions, so it may be shared. */
final class LearnedOutlook implements Outlook {
    @Override
    public void agents(Situation situation, Agents into) {
        long now = situation.nowNanos();
        situation.busyAgents((_, law, phase, since) -> into.agent(law.within(phase, since, now)));
    }

    @Override
    public void calls(Situation situation, Calls into) {
        double[] within = new double[HORIZON_SECONDS];
        double[] slope = new double[HORIZON_SECONDS];
        tell(situation.calls(), true, situation.nowNanos(), within, slope, into);
        for (CallForecast other : situation.callsOfSharing()) {
            tell(other, false, situation.nowNanos(), within, slope, into);
        }
    }

    private static void tell(
            CallForecast calls, boolean isOwn, long nowNanos, double[] within, double[] slope, Calls into) {
        for (Dial dial : calls.inFlight()) {
            if (!dial.hasAgent()) {
                calls.within(dial, nowNanos, within, slope);
                into.call(isOwn ? dial : null, within, slope, calls.answerRateVariance());
            }
        }
    }

    @Override
    public boolean next(Situation situation, int after, boolean likeliest, Next into) {
        LeadGroup group = situation.choose(after, likeliest);
        CallForecast calls = situation.calls();
        double chance = group == null ? calls.answerRate() : calls.chance(group);
        double[] law = new double[HORIZON_SECONDS];
        for (int j = 0; j < HORIZON_SECONDS; j++) {
            law[j] = calls.ringLaw(group, j + 1.0);
        }
        into.of(chance, chance / calls.answerRate(), law);
        return true;
    }
}
