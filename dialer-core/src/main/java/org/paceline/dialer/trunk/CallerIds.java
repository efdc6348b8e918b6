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

    private final Map<Long, CallerIdHealth> byUse = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, CallerIdHealth> eldest) {
            return size() > LIMIT;
        }
    };

    private @Nullable List<CallerIdHealth> copy;

    /**
     * An attempt that was sent is over.
     *
     * @param isAnswered whether a person answered
     */
    public void ended(long callerId, boolean isAnswered) {
        put(of(callerId).ended(isAnswered));
    }

    /**
     * A network judged the caller ID and blocked an attempt, which has been counted.
     *
     * @return how many attempts with it were blocked since the start
     */
    public long blocked(long callerId, long nowEpochMillis) {
        CallerIdHealth health = of(callerId).blockedAt(nowEpochMillis);
        put(health);
        return health.blocked();
    }

    /**
     * Returns the health of all caller IDs as of now, the one used last at the end; the list is made anew only where an
     * attempt ended since.
     */
    public List<CallerIdHealth> all() {
        List<CallerIdHealth> all = copy;
        if (all == null) {
            all = List.copyOf(byUse.values());
            copy = all;
        }
        return all;
    }

    private CallerIdHealth of(long callerId) {
        CallerIdHealth known = byUse.get(callerId);
        return known == null ? new CallerIdHealth(callerId, 0, 0, 0, 0) : known;
    }

    private void put(CallerIdHealth health) {
        byUse.put(health.callerId(), health);
        copy = null;
    }
}
