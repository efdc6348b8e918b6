package org.paceline.dialer.trunk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The health of the caller IDs; the {@value #LIMIT} that were used last are remembered.
 *
 * <p>Thread: engine only.
 */
public final class CallerIds {
    /**
     * How many caller IDs are remembered. They take some megabytes of memory; the largest floors rotate some thousand.
     */
    public static final int LIMIT = 10_000;

    private record Known(CallerIdHealth health, RecentAnswers recent) {}

    private final Map<Long, Known> byUse = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Known> eldest) {
            return size() > LIMIT;
        }
    };

    private @Nullable List<CallerIdHealth> copy;

    /**
     * An attempt that was sent is over.
     *
     * @param isAnswered whether a person answered
     * @return the health where answers fell with it, or recovered; else null
     */
    public @Nullable CallerIdHealth ended(long callerId, boolean isAnswered) {
        Known known = of(callerId);
        RecentAnswers recent = known.recent.and(isAnswered);
        CallerIdHealth health = known.health.ended(isAnswered, recent.answered());
        put(new Known(health, recent));
        return health.answersFell() == known.health.answersFell() ? null : health;
    }

    /**
     * A network judged the caller ID and blocked an attempt, which has been counted.
     *
     * @return how many attempts with it were blocked since the start
     */
    public long blocked(long callerId, long nowEpochMillis) {
        Known known = of(callerId);
        CallerIdHealth health = known.health.blockedAt(nowEpochMillis);
        put(new Known(health, known.recent));
        return health.blocked();
    }

    /**
     * Returns the health of all caller IDs as of now, the one used last at the end; the list is made anew only where an
     * attempt ended since.
     */
    public List<CallerIdHealth> all() {
        List<CallerIdHealth> all = copy;
        if (all == null) {
            all = byUse.values().stream().map(Known::health).toList();
            copy = all;
        }
        return all;
    }

    private Known of(long callerId) {
        Known known = byUse.get(callerId);
        return known == null ? new Known(CallerIdHealth.unused(callerId), RecentAnswers.NONE) : known;
    }

    private void put(Known known) {
        byUse.put(known.health.callerId(), known);
        copy = null;
    }
}
