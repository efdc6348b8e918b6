package org.paceline.bench.pacing.baseline;

import org.paceline.dialer.forecast.ServiceLaw.Phase;
import org.paceline.dialer.pacing.Situation;

/** What agents do, as rules that know no more than that count it. */
final class Desks {
    private int talking;

    private Desks() {}

    /** Agents who talk with a customer. */
    static int talking(Situation situation) {
        Desks desks = new Desks();
        situation.busyAgents((_, _, phase, _) -> desks.talking += phase == Phase.TALK ? 1 : 0);
        return desks.talking;
    }
}
