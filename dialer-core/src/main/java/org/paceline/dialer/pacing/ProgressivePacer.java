package org.paceline.dialer.pacing;

/** One call for each free agent, placed for that agent. No answered customer waits, unless the agent leaves. */
final class ProgressivePacer implements Pacer {
    @Override
    public int callsToPlace(Situation situation) {
        return situation.agentsUncalled();
    }
}
