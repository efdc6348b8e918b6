package org.paceline.dialer.pacing;

/**
 * A fixed number of lines for each free agent. Falls back to one line an agent while one more abandoned call could break
 * the limit of one of the policies.
 */
final class RatioPacer implements Pacer {
    @Override
    public int callsToPlace(Situation situation) {
        return Math.max(0, wanted(situation) - situation.callsUnassigned());
    }

    @Override
    public boolean stillWants(Situation situation) {
        return situation.callsUnassigned() <= wanted(situation);
    }

    private static int wanted(Situation situation) {
        double abandonsLeft = situation.abandonments().tightest().abandonsLeft();
        double lines = abandonsLeft >= 1 ? situation.settings().linesPerAgent() : 1;
        return (int) Math.floor(situation.agentsReady() * lines);
    }
}
