package org.paceline.daemon.recovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.paceline.daemon.database.Database;

/** Compares the rows of attempts, leads and calls with each other. Thread: any. */
public final class Consistency {
    private static final Map<String, String> QUESTIONS = questions();

    private Consistency() {}

    private static Map<String, String> questions() {
        Map<String, String> questions = new LinkedHashMap<>();
        questions.put(
                "attempts whose number no other table knows",
                "SELECT COUNT(*) FROM attempt a WHERE NOT EXISTS (SELECT 1 FROM callee c WHERE c.e164 = a.e164)");
        questions.put(
                "attempts that were taken back, and still count",
                "SELECT COUNT(*) FROM not_sent n WHERE EXISTS (SELECT 1 FROM attempt a WHERE a.call_id = n.call_id)");
        questions.put(
                "attempts that ended before they began",
                "SELECT COUNT(*) FROM attempt WHERE ended_at IS NOT NULL AND outcome IS NULL");
        questions.put(
                "leads that are leased by nobody",
                "SELECT COUNT(*) FROM lead WHERE status = 'LEASED' AND lease_node IS NULL");
        questions.put(
                "open callbacks without a lead",
                "SELECT COUNT(*) FROM callback b WHERE b.state = 'OPEN'"
                        + " AND NOT EXISTS (SELECT 1 FROM lead l WHERE l.id = b.lead_id)");
        return questions;
    }

    /** Returns what does not fit, a line each. */
    public static List<String> faults(Database database) {
        List<String> faults = new ArrayList<>();
        QUESTIONS.forEach((name, question) -> {
            long found = database.jdbi()
                    .withHandle(handle ->
                            handle.createQuery(question).mapTo(Long.class).one());
            if (found > 0) {
                faults.add(found + " " + name);
            }
        });
        return faults;
    }
}
