package org.paceline.bench.pacing.baseline;

import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.Situation;

/**
 * Places a fixed number of lines for each agent who is ready or talks, counting the customers in talk among the lines:
 * one line an agent is progressive dialling.
 *
 * <p>Thread: engine only.
 */
public final class LinesPerAgentPacer implements Pacer {
    private final double lines;

    /** @param lines for each agent who is ready or talks */
    public LinesPerAgentPacer(double lines) {
        this.lines = lines;
    }

    @Override
    public int callsToPlace(Situation situation) {
        int talking = TalkingAgents.count(situation);
        int wanted = (int) Math.floor(lines * (situation.agentsReady() + talking));
        return Math.max(0, wanted - talking - situation.callsUnassigned());
    }
}
