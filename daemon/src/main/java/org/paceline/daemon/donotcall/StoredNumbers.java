package org.paceline.daemon.donotcall;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jdbi.v3.core.Handle;
import org.paceline.daemon.database.Database;
import org.paceline.rules.NumberPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Converts the numbers of the do-not-call list to the notation in which leads are dialled: earlier releases kept {@code
 * +49030…} as the file wrote it, and numbering plans change. This is done once for each database and version of the
 * plans.
 *
 * <p>Thread: any; may block.
 */
public final class StoredNumbers {
    private static final Logger LOG = LoggerFactory.getLogger(StoredNumbers.class);
    private static final String KNOWN = "SELECT version FROM number_plan WHERE id = 1";
    /** Keeps the version; it is also the lock that a second node waits for. */
    private static final String KEEP = "UPDATE number_plan SET version = :version WHERE id = 1 AND version <> :version";

    private static final String NUMBERS = "SELECT DISTINCT e164 FROM do_not_call";
    private static final String DELETE = "DELETE FROM do_not_call WHERE e164 = :e164";

    private StoredNumbers() {}

    /**
     * The result.
     *
     * @param entries how many single entries have a changed number
     * @param listed how many numbers of imported lists changed
     */
    public record Change(long entries, long listed) {
        static final Change NONE = new Change(0, 0);
    }

    /** Converts the numbers; does nothing where the plans are those of last time. Call it before the list is read. */
    public static Change bringUpToDate(Database database, NumberPlan plan) throws SQLException {
        String version = plan.version();
        String known = database.jdbi().withHandle(StoredNumbers::known);
        if (known.equals(version)) {
            return Change.NONE;
        }
        long start = System.nanoTime();
        Change change = database.write(handle -> change(handle, version, plan::normalised));
        if (change.entries > 0 || change.listed > 0) {
            database.sync();
        }
        LOG.info(
                "event=do-not-call-normalised plans={} before={} entries={} listed={} millis={}",
                version,
                known.isEmpty() ? "none" : known,
                change.entries,
                change.listed,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return change;
    }

    private static String known(Handle handle) {
        return handle.createQuery(KNOWN).mapTo(String.class).findOne().orElse("");
    }

    private static Change change(Handle handle, String version, LongUnaryOperator normalised) throws SQLException {
        if (handle.createUpdate(KEEP).bind("version", version).execute() == 0) {
            return Change.NONE; // another node was first
        }
        return new Change(entries(handle, normalised), ListTable.renumber(handle.getConnection(), normalised));
    }

    private static long entries(Handle handle, LongUnaryOperator normalised) throws SQLException {
        List<Long> other = handle.createQuery(NUMBERS).mapTo(Long.class).stream()
                .filter(e164 -> normalised.applyAsLong(e164) != e164)
                .toList();
        long entries = 0;
        for (long e164 : other) {
            List<DoNotCallEntry> moved = DoNotCallTable.rowsOf(handle, e164).stream()
                    .map(entry -> new DoNotCallEntry(
                            normalised.applyAsLong(e164), entry.optOut(), entry.enteredAtEpochMillis()))
                    .toList();
            DoNotCallTable.write(handle, moved);
            entries += moved.size();
            handle.createUpdate(DELETE).bind("e164", e164).execute();
        }
        return entries;
    }
}
