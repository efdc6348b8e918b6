package org.paceline.bench.pacing.baseline;

import org.paceline.dialer.forecast.ServiceLaw.Phase;
import org.paceline.dialer.pacing.Situation;

/** The number of agents who talk, for rules that count no more than that. */
final class TalkingAgents {
    private int talking;

    private TalkingAgents() {}

    /** Agents who talk with a customer. */
    static int count(Situation situation) {
        TalkingAgents agents = new TalkingAgents();
        situation.busyAgents((_, _, phase, _) -> agents.talking += phase == Phase.TALK ? 1 : 0);
        return agents.talking;
    }
}
