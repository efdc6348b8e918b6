package org.paceline.bench.pacing.oracle;

import org.paceline.dialer.pacing.Outlook;
import org.paceline.dialer.pacing.Situation;

/** Knows when each busy agent will be free, and of calls only what was learnt. */
public final class FutureAgents implements Outlook {
    private final Futures futures;

    public FutureAgents(Futures futures) {
        this.futures = futures;
    }

    @Override
    public void agents(Situation situation, Agents into) {
        double[] within = new double[HORIZON_SECONDS + 1];
        situation.busyAgents((agent, _, _, _) -> {
            Steps.certain(futures.freeAtNanos(agent) - situation.nowNanos(), within);
            into.agent(within);
        });
    }

    @Override
    public void calls(Situation situation, Calls into) {
        LEARNED.calls(situation, into);
    }

    @Override
    public boolean next(Situation situation, int after, boolean likeliest, Next into) {
        return LEARNED.next(situation, after, likeliest, into);
    }
}
