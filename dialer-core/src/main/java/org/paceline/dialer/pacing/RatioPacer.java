package org.paceline.dialer.pacing;

/**
 * A fixed number of lines for each free agent. Falls back to one line an agent while one more abandoned call could break
 * the limit; a window is given the benefit of its first {@value #FORECAST_ANSWERS} answers, so that a new day can start.
 */
final class RatioPacer implements Pacer {
    static final int FORECAST_ANSWERS = 100;

    @Override
    public int callsToPlace(Situation situation) {
        double lines = mayOverdial(situation) ? situation.linesPerAgent() : 1;
        int wanted = (int) Math.floor(situation.agentsReady() * lines);
        return Math.max(0, wanted - situation.callsUnassigned());
    }

    private static boolean mayOverdial(Situation situation) {
        long answers = Math.max(situation.answered(), FORECAST_ANSWERS);
        return situation.abandoned() + 1 <= situation.limitRatio() * answers;
    }
}
