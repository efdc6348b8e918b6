package org.paceline.daemon.recovery;

import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.attempts.AttemptConsistency;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.LeadConsistency;

/** Compares the rows of attempts, leads and calls with each other. Thread: any; may block. */
public final class Consistency {
    private Consistency() {}

    /** Returns what does not fit, a line each. */
    public static List<String> faults(Database database) {
        return database.jdbi()
                .withHandle(handle -> Stream.of(
                                AttemptConsistency.faults(handle), LeadConsistency.faults(handle), counts(handle))
                        .flatMap(List::stream)
                        .toList());
    }

    /** Leads count an attempt when it has ended, so they are asked first: beside a running daemon there may be more. */
    private static List<String> counts(Handle handle) {
        long counted = LeadConsistency.attempts(handle);
        long made = AttemptConsistency.attempts(handle);
        return counted > made ? List.of("leads count " + counted + " attempts, and " + made + " are there") : List.of();
    }
}
