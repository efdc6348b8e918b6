package org.paceline.daemon.attempts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.database.NoneExpected;

/** Compares the attempts with what else is known of them. Thread: any; may block. */
public final class AttemptConsistency {
    private static final Map<String, String> QUESTIONS = new TreeMap<>(Map.of(
            "attempts whose number no other table knows",
            "SELECT COUNT(*) FROM attempt a WHERE NOT EXISTS (SELECT 1 FROM callee c WHERE c.e164 = a.e164)",
            "attempts that were taken back, and still count",
            "SELECT COUNT(*) FROM not_sent n WHERE EXISTS (SELECT 1 FROM attempt a WHERE a.call_id = n.call_id)",
            "attempts that ended without an outcome",
            "SELECT COUNT(*) FROM attempt WHERE ended_at IS NOT NULL AND outcome IS NULL"));

    private AttemptConsistency() {}

    /** Returns what does not fit, a line each. */
    public static List<String> faults(Handle handle) {
        return NoneExpected.found(handle, QUESTIONS);
    }

    /** Returns the attempts that were made. */
    public static long attempts(Handle handle) {
        return handle.createQuery("SELECT COUNT(*) FROM attempt")
                .mapTo(Long.class)
                .one();
    }
}
