package org.paceline.daemon.donotcall;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.InList;
import org.paceline.daemon.database.SqlWords;
import org.paceline.daemon.database.StorableText;
import org.paceline.rules.OptOut;

/**
 * The do-not-call list in the database. There is one entry of each kind for a number and campaign; entering it again
 * can only make it last longer.
 *
 * <p>Each writing transaction takes the list's next version under a lock, so a reader that has seen version n has seen
 * everything up to n.
 *
 * <p>Thread: any; may block.
 */
public final class DoNotCallTable {
    private static final int PAGE = 10_000;
    private static final int LONGEST_SOURCE = 500;
    private static final int VERSIONS_A_PAGE = 20;

    private static final String NEXT_VERSION =
            "UPDATE list_version SET version = version + 1 WHERE list = 'do_not_call'";
    private static final String VERSION = "SELECT version FROM list_version WHERE list = 'do_not_call'";
    private static final String INSERT =
            "INSERT INTO do_not_call (e164, campaign, kind, source, entered_at, until_at, version)"
                    + " VALUES (:e164, :campaign, :kind, :source, :at, :until, :version) ON CONFLICT DO NOTHING";
    private static final String EXTEND =
            "UPDATE do_not_call SET source = :source, entered_at = :at, until_at = :until, version = :version"
                    + " WHERE e164 = :e164 AND campaign = :campaign AND kind = :kind AND until_at < :until";
    private static final String SELECT = "SELECT e164, campaign, kind, source, entered_at, until_at FROM do_not_call ";
    private static final String PAGE_OF_LIST =
            SELECT + "WHERE e164 > :after AND e164 <= :end ORDER BY e164, campaign, kind";
    private static final String PAGE_END = "SELECT e164 FROM do_not_call WHERE e164 > :after ORDER BY e164, campaign"
            + " OFFSET " + PAGE + " ROWS FETCH FIRST ROW ONLY";
    private static final String CHANGES = SELECT + "WHERE version > :after AND version <= :upTo";
    private static final String REMOVALS =
            "SELECT DISTINCT e164 FROM do_not_call_removal WHERE version > :after AND version <= :upTo";
    private static final String OF_NUMBER = SELECT + "WHERE e164 = :e164 ORDER BY campaign, kind";
    private static final String OF_NUMBERS = SELECT + "WHERE e164 IN ";

    private final Database database;

    public DoNotCallTable(Database database) {
        this.database = database;
    }

    /** Enters one number. The caller tells the engine itself, so that the entry holds for the very next dial. */
    public void add(DoNotCallEntry entry) {
        addAll(List.of(entry));
    }

    /** @return how many of the entries are new or last longer now */
    public int addAll(List<DoNotCallEntry> entries) {
        return database.write(handle -> write(handle, entries));
    }

    /** Enters numbers within the caller's transaction. */
    public static int write(Handle handle, List<DoNotCallEntry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        long version = nextVersion(handle);
        int[] added = each(handle, INSERT, entries, version);
        List<DoNotCallEntry> known = new ArrayList<>();
        for (int i = 0; i < added.length; i++) {
            if (added[i] == 0) {
                known.add(entries.get(i));
            }
        }
        int extended = IntStream.of(each(handle, EXTEND, known, version)).sum();
        return entries.size() - known.size() + extended;
    }

    private static int[] each(Handle handle, String sql, List<DoNotCallEntry> entries, long version) {
        PreparedBatch batch = handle.prepareBatch(sql);
        for (DoNotCallEntry entry : entries) {
            batch.bind("e164", entry.e164())
                    .bind("campaign", entry.campaignKey())
                    .bind("kind", entry.optOut().kind().name())
                    .bind("source", StorableText.of(entry.optOut().source(), LONGEST_SOURCE))
                    .bind("at", entry.enteredAtEpochMillis())
                    .bind("until", entry.optOut().untilEpochMillis())
                    .bind("version", version)
                    .add();
        }
        return batch.execute();
    }

    static long nextVersion(Handle handle) {
        handle.createUpdate(NEXT_VERSION).execute();
        return version(handle);
    }

    private static long version(Handle handle) {
        return handle.createQuery(VERSION).mapTo(Long.class).findOne().orElse(0L);
    }

    /** Returns the entries of one number, expired ones too: its own first, then those of lists. */
    public List<DoNotCallEntry> of(long e164) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            List<DoNotCallEntry> entries = new ArrayList<>(rowsOf(handle, e164));
            ListTable.entriesOf(handle.getConnection(), e164, -1, (_, entry) -> entries.add(entry));
            return entries;
        });
    }

    /** Returns the number's own entries, without those of lists. */
    static List<DoNotCallEntry> rowsOf(Handle handle, long e164) {
        return handle.createQuery(OF_NUMBER)
                .bind("e164", e164)
                .map((row, _) -> entry(row))
                .list();
    }

    /**
     * Hands over the numbers' own entries, without those of lists, within the caller's transaction. It uses plain JDBC,
     * because the journal asks before each batch.
     */
    public static void ownEntries(Handle handle, Collection<Long> numbers, Consumer<DoNotCallEntry> each)
            throws SQLException {
        try (PreparedStatement query =
                handle.getConnection().prepareStatement(OF_NUMBERS + InList.marks(numbers.size()))) {
            InList.bind(query, 1, numbers);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    each.accept(entry(rows));
                }
            }
        }
    }

    /**
     * Hands over every single entry, page by page; those of lists are in {@link CurrentLists}.
     *
     * @return the version that was read, for {@link DoNotCallWatch}
     */
    public long load(Consumer<DoNotCallEntry> each) {
        return database.jdbi().withHandle(handle -> {
            long seen = version(handle);
            long after = 0;
            Long end;
            do {
                end = pageEnd(handle, after);
                Query page = handle.createQuery(PAGE_OF_LIST)
                        .bind("after", after)
                        .bind("end", end == null ? Long.MAX_VALUE : end);
                page.map((row, _) -> entry(row)).forEach(each);
                after = end == null ? after : end;
            } while (end != null);
            return seen;
        });
    }

    /** @return the number that ends the page after {@code after}, or null when the page is the last */
    private static @Nullable Long pageEnd(Handle handle, long after) {
        return handle.createQuery(PAGE_END)
                .bind("after", after)
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
    }

    /**
     * Hands over the entries that were entered or taken out after a version, a bounded part at a time.
     *
     * @param removed takes each number that lost an entry, with the entries that are left
     * @return the version read by now; the same as {@code after} when there was nothing
     */
    long changes(long after, Consumer<DoNotCallEntry> each, BiConsumer<Long, List<DoNotCallEntry>> removed) {
        return database.jdbi().withHandle(handle -> {
            long newest = version(handle);
            if (newest <= after) {
                return after;
            }
            long upTo = Math.min(newest, after + VERSIONS_A_PAGE);
            between(handle, CHANGES, after, upTo).map((row, _) -> entry(row)).forEach(each);
            for (long e164 :
                    between(handle, REMOVALS, after, upTo).mapTo(Long.class).list()) {
                removed.accept(e164, rowsOf(handle, e164));
            }
            return upTo;
        });
    }

    private static Query between(Handle handle, String sql, long after, long upTo) {
        return handle.createQuery(sql).bind("after", after).bind("upTo", upTo);
    }

    private static DoNotCallEntry entry(ResultSet row) throws SQLException {
        String campaign = row.getString("campaign");
        OptOut optOut = new OptOut(
                row.getString("source"),
                campaign.isEmpty() ? null : campaign,
                row.getLong("until_at"),
                SqlWords.read(row, "kind", OptOut.Kind.class));
        return new DoNotCallEntry(row.getLong("e164"), optOut, row.getLong("entered_at"));
    }
}
