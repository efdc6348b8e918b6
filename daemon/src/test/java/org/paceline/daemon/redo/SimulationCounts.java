package org.paceline.daemon.redo;

import java.util.List;

/** How often what happened, so that a run that tests nothing is seen. Thread: one at a time. */
final class SimulationCounts {
    int transactions;
    int refusals;
    int kills;
    int powerLosses;
    int rebuilds;
    int aheads;
    int cuts;
    int copies;
    int damages;
    int stops;

    @Override
    public String toString() {
        return "transactions=" + transactions + " refusals=" + refusals + " kills=" + kills + " powerLosses="
                + powerLosses + " rebuilds=" + rebuilds + " aheads=" + aheads + " cuts=" + cuts + " copies="
                + copies + " damages=" + damages + " stops=" + stops;
    }

    /** Returns how often a node met each of the ways in which storage suffers. */
    List<Integer> hardships() {
        return List.of(refusals, kills, powerLosses, rebuilds, aheads, cuts, copies);
    }
}
