package org.paceline.daemon.api.access;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts the requests under way of each token. Each token has a share, and some places are kept for supervisors,
 * leaders and opt-outs, so that nobody's requests stop the others'.
 *
 * <p>Thread: any.
 */
public final class Shares {
    private final Bounds bounds;
    private final Map<String, Integer> held = new HashMap<>();
    private int running;

    /**
     * @param atOnce requests that run at once
     * @param kept how many of these places an agent's request gets only for an opt-out
     * @param agent requests of one agent's token, including those whose body is still awaited
     * @param others requests of one leader's or supervisor's token
     */
    public record Bounds(int atOnce, int kept, int agent, int others) {
        public Bounds {
            if (kept < 0 || kept >= atOnce || agent < 1 || others < 1) {
                throw new IllegalArgumentException(
                        "atOnce=" + atOnce + " kept=" + kept + " agent=" + agent + " others=" + others);
            }
        }
    }

    Shares(Bounds bounds) {
        this.bounds = bounds;
    }

    /** @return whether the token still has a place in its share; then {@link #leave} follows */
    synchronized boolean enter(Caller caller) {
        int most = shareOf(caller);
        if (held.getOrDefault(caller.source(), 0) >= most) {
            return false;
        }
        held.merge(caller.source(), 1, Integer::sum);
        return true;
    }

    int shareOf(Caller caller) {
        return caller instanceof Caller.Agent ? bounds.agent : bounds.others;
    }

    synchronized void leave(Caller caller) {
        held.computeIfPresent(caller.source(), (_, count) -> count == 1 ? null : count - 1);
    }

    /** @return whether there is a place to run; then {@link #end} follows */
    synchronized boolean begin(Caller caller, boolean optOut) {
        int most = caller instanceof Caller.Agent && !optOut ? bounds.atOnce - bounds.kept : bounds.atOnce;
        if (running >= most) {
            return false;
        }
        running++;
        return true;
    }

    synchronized void end() {
        running--;
    }
}
