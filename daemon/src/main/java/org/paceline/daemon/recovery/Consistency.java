package org.paceline.daemon.recovery;

import java.util.List;
import java.util.stream.Stream;
import org.paceline.daemon.attempts.AttemptConsistency;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.LeadConsistency;

/** Compares the rows of attempts, leads and calls with each other. Thread: any; may block. */
public final class Consistency {
    private Consistency() {}

    /** Returns what does not fit, a line each. */
    public static List<String> faults(Database database) {
        return database.jdbi()
                .withHandle(handle -> Stream.of(AttemptConsistency.faults(handle), LeadConsistency.faults(handle))
                        .flatMap(List::stream)
                        .toList());
    }
}
