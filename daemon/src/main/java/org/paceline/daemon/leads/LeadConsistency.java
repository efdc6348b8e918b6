package org.paceline.daemon.leads;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.database.NoneExpected;
import org.paceline.daemon.database.SqlWords;

/** Compares the leads with the callbacks promised to them. Thread: any; may block. */
public final class LeadConsistency {
    private static final Map<String, String> QUESTIONS = new TreeMap<>(Map.of(
            "leads that are leased by nobody",
            "SELECT COUNT(*) FROM lead WHERE lease_node IS NULL AND status = " + SqlWords.word(LeadStatus.LEASED),
            "open callbacks without a lead",
            "SELECT COUNT(*) FROM callback c WHERE NOT EXISTS (SELECT 1 FROM lead l WHERE l.id = c.lead_id)"
                    + " AND c.state = " + SqlWords.word(KeptCallback.State.OPEN)));

    private LeadConsistency() {}

    /** Returns what does not fit, a line each. */
    public static List<String> faults(Handle handle) {
        return NoneExpected.found(handle, QUESTIONS);
    }

    /** Returns the attempts that all leads count. */
    public static long attempts(Handle handle) {
        return handle.createQuery("SELECT COALESCE(SUM(attempts), 0) FROM lead")
                .mapTo(Long.class)
                .one();
    }
}
