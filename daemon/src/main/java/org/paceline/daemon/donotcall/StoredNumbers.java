package org.paceline.daemon.donotcall;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.paceline.daemon.database.Database;
import org.paceline.rules.NumberPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the numbers of the do-not-call list to the notation in which leads are dialled: earlier releases kept {@code +49030…}
 * of files as it was written, and numbering plans change. Once a database and version of the plans.
 *
 * <p>Thread: any; may block.
 */
public final class StoredNumbers {
    private static final Logger log = LoggerFactory.getLogger(StoredNumbers.class);
    private static final String KNOWN = "SELECT version FROM number_plan WHERE id = 1";
    /** Also the lock that a second node waits for. */
    private static final String KEEP = "UPDATE number_plan SET version = ? WHERE id = 1 AND version <> ?";

    private static final String NUMBERS = "SELECT DISTINCT e164 FROM do_not_call";
    private static final String DELETE = "DELETE FROM do_not_call WHERE e164 = ?";

    private StoredNumbers() {}

    /**
     * What was found.
     *
     * @param entries single entries that have another number now
     * @param listed numbers of imported lists that are another one now
     */
    public record Change(long entries, long listed) {
        static final Change NONE = new Change(0, 0);
    }

    /** Does nothing where the plans are those of last time. Call it before the list is read. */
    public static Change bringUpToDate(Database database, NumberPlan plan) throws SQLException {
        String version = plan.version();
        String known = database.jdbi().withHandle(handle -> known(handle.getConnection()));
        if (known.equals(version)) {
            return Change.NONE;
        }
        long start = System.nanoTime();
        Change change = database.write(handle -> change(handle.getConnection(), version, plan::normalised));
        if (change.entries > 0 || change.listed > 0) {
            database.sync();
        }
        log.info(
                "event=do-not-call-normalised plans={} before={} entries={} listed={} millis={}",
                version,
                known.isEmpty() ? "none" : known,
                change.entries,
                change.listed,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return change;
    }

    private static String known(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(KNOWN);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static Change change(Connection connection, String version, LongUnaryOperator normalised)
            throws SQLException {
        try (PreparedStatement keep = connection.prepareStatement(KEEP)) {
            keep.setString(1, version);
            keep.setString(2, version);
            if (keep.executeUpdate() == 0) {
                return Change.NONE; // another node was first
            }
        }
        return new Change(entries(connection, normalised), ListTable.renumber(connection, normalised));
    }

    private static long entries(Connection connection, LongUnaryOperator normalised) throws SQLException {
        List<Long> other = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(NUMBERS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                long e164 = rows.getLong(1);
                if (normalised.applyAsLong(e164) != e164) {
                    other.add(e164);
                }
            }
        }
        long entries = 0;
        for (long e164 : other) {
            List<DoNotCallEntry> moved = DoNotCallTable.rowsOf(connection, e164).stream()
                    .map(entry -> new DoNotCallEntry(
                            normalised.applyAsLong(e164), entry.optOut(), entry.enteredAtEpochMillis()))
                    .toList();
            DoNotCallTable.write(connection, moved);
            entries += moved.size();
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                delete.setLong(1, e164);
                delete.executeUpdate();
            }
        }
        return entries;
    }
}
