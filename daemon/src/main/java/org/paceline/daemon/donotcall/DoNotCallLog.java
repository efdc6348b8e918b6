package org.paceline.daemon.donotcall;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.database.LineLog;
import org.paceline.rules.OptOut;

/**
 * A second copy of the last single do-not-call entries beside a PostgreSQL database, in a file of this node. Entries that
 * the database lost are put back from here before anything is dialled (ADR 17).
 *
 * <p>Thread: any.
 */
public final class DoNotCallLog implements AutoCloseable {
    private static final int MOST_BYTES = 1 << 18;
    private static final int VALUES = 6;
    private static final String REMOVED_SINCE = "SELECT 1 FROM do_not_call_removal WHERE e164 = :e164"
            + " AND campaign = :campaign AND kind = :kind AND removed_at >= :enteredAt";

    private final @Nullable LineLog log;

    public DoNotCallLog(Path file, Durability durability) throws IOException {
        this.log = new LineLog("do-not-call log", file, MOST_BYTES, durability);
    }

    private DoNotCallLog() {
        this.log = null;
    }

    /** Returns a log that keeps nothing, for a database that has a redo log. */
    public static DoNotCallLog none() {
        return new DoNotCallLog();
    }

    /** Writes entries that are about to be committed. */
    public void append(List<DoNotCallEntry> entries) throws IOException {
        if (log == null) {
            return;
        }
        List<List<Object>> lines = new ArrayList<>(entries.size());
        for (DoNotCallEntry entry : entries) {
            lines.add(List.of(
                    entry.e164(),
                    entry.campaignKey(),
                    entry.optOut().kind(),
                    entry.optOut().untilEpochMillis(),
                    entry.enteredAtEpochMillis(),
                    entry.optOut().source().replaceAll("\\p{Cntrl}", " ")));
        }
        log.append(lines);
    }

    /**
     * Puts back entries that the database lost; entries that were taken out since stay out.
     *
     * @return how many entries it had lost
     */
    public int putBack(Database database) throws IOException {
        List<DoNotCallEntry> entries = read();
        return entries.isEmpty() ? 0 : database.write(handle -> putBack(handle, entries));
    }

    /** Puts them back within a transaction. */
    public int putBack(Handle handle) throws IOException {
        List<DoNotCallEntry> entries = read();
        return entries.isEmpty() ? 0 : putBack(handle, entries);
    }

    private static int putBack(Handle handle, List<DoNotCallEntry> entries) {
        List<DoNotCallEntry> kept = new ArrayList<>();
        for (DoNotCallEntry entry : entries) {
            if (!isRemoved(handle, entry)) {
                kept.add(entry);
            }
        }
        return DoNotCallTable.write(handle, kept);
    }

    private List<DoNotCallEntry> read() throws IOException {
        return log == null ? List.of() : log.read(VALUES, DoNotCallLog::parse);
    }

    private static DoNotCallEntry parse(String[] part) {
        OptOut optOut = new OptOut(
                part[5], part[1].isEmpty() ? null : part[1], Long.parseLong(part[3]), OptOut.Kind.valueOf(part[2]));
        return new DoNotCallEntry(Long.parseLong(part[0]), optOut, Long.parseLong(part[4]));
    }

    private static boolean isRemoved(Handle handle, DoNotCallEntry entry) {
        return handle.createQuery(REMOVED_SINCE)
                .bind("e164", entry.e164())
                .bind("campaign", entry.campaignKey())
                .bind("kind", entry.optOut().kind().name())
                .bind("enteredAt", entry.enteredAtEpochMillis())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent();
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }
}
