package org.paceline.dialer.pacing;

/**
 * A fixed number of lines for each free agent. Falls back to one line an agent while one more abandoned call could break
 * the limit of one of the policies.
 */
final class RatioPacer implements Pacer {
    @Override
    public int callsToPlace(Situation situation) {
        double abandonsLeft = situation.abandonments().tightest().abandonsLeft();
        double lines = abandonsLeft >= 1 ? situation.settings().linesPerAgent() : 1;
        int wanted = (int) Math.floor(situation.agentsReady() * lines);
        return Math.max(0, wanted - situation.callsUnassigned());
    }
}
