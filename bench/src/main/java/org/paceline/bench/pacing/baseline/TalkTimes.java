package org.paceline.bench.pacing.baseline;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.paceline.dialer.forecast.ServiceLaw.Phase;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.pacing.Situation;

/**
 * The talks that go on, with their begin, and the lengths of finished ones, as seen from outside. Thread: one at a
 * time.
 */
final class TalkTimes {
    private final Map<AgentId, Long> running = new LinkedHashMap<>();
    private final Map<AgentId, Long> seen = new HashMap<>();
    private long finished;
    private double seconds;

    /** Looks at all agents; a talk that is not there any more has ended now. */
    void see(Situation situation) {
        seen.clear();
        situation.busyAgents((agent, _, phase, since) -> {
            if (phase == Phase.TALK) {
                seen.put(agent, since);
                running.putIfAbsent(agent, since);
            }
        });
        for (Iterator<Map.Entry<AgentId, Long>> talks = running.entrySet().iterator(); talks.hasNext(); ) {
            Map.Entry<AgentId, Long> talk = talks.next();
            if (!seen.containsKey(talk.getKey())) {
                finished++;
                seconds += (situation.nowNanos() - talk.getValue()) / 1e9;
                talks.remove();
            }
        }
    }

    /** Returns the mean length of finished talks, seconds; 0 before the first. */
    double meanSeconds() {
        return finished == 0 ? 0 : seconds / finished;
    }

    /** Visits the begin of each talk that goes on. */
    void forEach(LongConsumer sinceNanos) {
        running.values().forEach(sinceNanos::accept);
    }
}
