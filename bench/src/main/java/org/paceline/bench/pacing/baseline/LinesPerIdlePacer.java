package org.paceline.bench.pacing.baseline;

import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.Situation;

/**
 * Places a fixed number of lines for each idle agent, whatever was abandoned: the production ratio mode without its
 * guard.
 *
 * <p>Thread: engine only.
 */
public final class LinesPerIdlePacer implements Pacer {
    private final double lines;

    /** @param lines for each idle agent */
    public LinesPerIdlePacer(double lines) {
        this.lines = lines;
    }

    @Override
    public int callsToPlace(Situation situation) {
        int wanted = (int) Math.floor(lines * situation.agentsReady());
        return Math.max(0, wanted - situation.callsUnassigned());
    }
}
