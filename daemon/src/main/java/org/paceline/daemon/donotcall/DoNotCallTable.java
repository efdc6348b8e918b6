package org.paceline.daemon.donotcall;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.InList;
import org.paceline.daemon.database.StorableText;
import org.paceline.rules.OptOut;

/**
 * The do-not-call list in the database. An entry of a kind for a number and campaign stands once; entering it again can only
 * make it last longer.
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
                    + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    private static final String EXTEND = "UPDATE do_not_call SET source = ?, entered_at = ?, until_at = ?, version = ?"
            + " WHERE e164 = ? AND campaign = ? AND kind = ? AND until_at < ?";
    private static final String PAGE_OF_LIST =
            "SELECT e164, campaign, kind, source, entered_at, until_at FROM do_not_call"
                    + " WHERE e164 > ? AND e164 <= ? ORDER BY e164, campaign, kind";
    private static final String PAGE_END = "SELECT e164 FROM do_not_call WHERE e164 > ? ORDER BY e164, campaign"
            + " OFFSET ? ROWS FETCH FIRST ROW ONLY";
    private static final String CHANGES = "SELECT e164, campaign, kind, source, entered_at, until_at FROM do_not_call"
            + " WHERE version > ? AND version <= ?";
    private static final String REMOVALS =
            "SELECT DISTINCT e164 FROM do_not_call_removal WHERE version > ? AND version <= ?";
    private static final String OF_NUMBER =
            "SELECT e164, campaign, kind, source, entered_at, until_at FROM do_not_call WHERE e164 = ?"
                    + " ORDER BY campaign, kind";

    private static final String OF_NUMBERS =
            "SELECT e164, campaign, kind, source, entered_at, until_at FROM do_not_call WHERE e164 IN ";

    private final Database database;

    public DoNotCallTable(Database database) {
        this.database = database;
    }

    /** Enters one number. The caller tells the engine itself, so that it holds for the very next dial. */
    public void add(DoNotCallEntry entry) throws SQLException {
        addAll(List.of(entry));
    }

    /** @return how many of the entries are new or last longer now */
    public int addAll(List<DoNotCallEntry> entries) throws SQLException {
        return database.write(handle -> write(handle, entries));
    }

    /** Enters numbers within the caller's transaction. */
    public static int write(Handle handle, List<DoNotCallEntry> entries) throws SQLException {
        Connection connection = handle.getConnection();
        if (entries.isEmpty()) {
            return 0;
        }
        long version = nextVersion(connection);
        List<DoNotCallEntry> known = new ArrayList<>();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (DoNotCallEntry entry : entries) {
                insert.setLong(1, entry.e164());
                insert.setString(2, entry.campaignKey());
                insert.setString(3, entry.optOut().kind().name());
                insert.setString(4, StorableText.of(entry.optOut().source(), LONGEST_SOURCE));
                insert.setLong(5, entry.enteredAtEpochMillis());
                insert.setLong(6, entry.optOut().untilEpochMillis());
                insert.setLong(7, version);
                insert.addBatch();
            }
            int[] counts = insert.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    known.add(entries.get(i));
                }
            }
        }
        return entries.size() - known.size() + extend(connection, known, version);
    }

    static long nextVersion(Connection connection) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement(NEXT_VERSION)) {
            next.executeUpdate();
        }
        return version(connection);
    }

    private static long version(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(VERSION);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static int extend(Connection connection, List<DoNotCallEntry> known, long version) throws SQLException {
        if (known.isEmpty()) {
            return 0;
        }
        int extended = 0;
        try (PreparedStatement update = connection.prepareStatement(EXTEND)) {
            for (DoNotCallEntry entry : known) {
                update.setString(1, StorableText.of(entry.optOut().source(), LONGEST_SOURCE));
                update.setLong(2, entry.enteredAtEpochMillis());
                update.setLong(3, entry.optOut().untilEpochMillis());
                update.setLong(4, version);
                update.setLong(5, entry.e164());
                update.setString(6, entry.campaignKey());
                update.setString(7, entry.optOut().kind().name());
                update.setLong(8, entry.optOut().untilEpochMillis());
                update.addBatch();
            }
            for (int count : update.executeBatch()) {
                extended += count;
            }
        }
        return extended;
    }

    /** The entries of one number, expired ones too: its own first, then those of lists. */
    public List<DoNotCallEntry> of(long e164) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            List<DoNotCallEntry> entries = rowsOf(handle.getConnection(), e164);
            ListTable.entriesOf(handle.getConnection(), e164, -1, (_, entry) -> entries.add(entry));
            return entries;
        });
    }

    /** The number's own entries, those of lists aside. */
    static List<DoNotCallEntry> rowsOf(Connection connection, long e164) throws SQLException {
        List<DoNotCallEntry> entries = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(OF_NUMBER)) {
            query.setLong(1, e164);
            read(query, entries::add);
        }
        return entries;
    }

    /**
     * Hands over the numbers' own entries within the caller's transaction, those of lists aside. Plain JDBC, for the journal asks
     * before each batch.
     */
    public static void ownEntries(Handle handle, Collection<Long> numbers, Consumer<DoNotCallEntry> each)
            throws SQLException {
        try (PreparedStatement query =
                handle.getConnection().prepareStatement(OF_NUMBERS + InList.marks(numbers.size()))) {
            InList.bind(query, 1, numbers);
            read(query, each);
        }
    }

    /**
     * Hands over every single entry, page by page; those of lists are {@link CurrentLists}.
     *
     * @return the version that has been seen, for {@link DoNotCallWatch}
     */
    public long load(Consumer<DoNotCallEntry> each) throws SQLException {
        return database.jdbi().withHandle(handle -> {
            Connection connection = handle.getConnection();
            long seen = version(connection);
            long after = 0;
            Long end;
            do {
                end = pageEnd(connection, after);
                try (PreparedStatement query = connection.prepareStatement(PAGE_OF_LIST)) {
                    query.setLong(1, after);
                    query.setLong(2, end == null ? Long.MAX_VALUE : end);
                    read(query, each);
                }
                after = end == null ? after : end;
            } while (end != null);
            return seen;
        });
    }

    /** @return the number that ends the page after {@code after}, or null when the page is the last */
    private static @Nullable Long pageEnd(Connection connection, long after) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(PAGE_END)) {
            query.setLong(1, after);
            query.setInt(2, PAGE);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    /**
     * Hands over what was entered or taken out after a version, a bounded part at a time.
     *
     * @param removed hears of each number that lost an entry, with those that are left
     * @return the version seen by now; the same as {@code after} when there was nothing
     */
    long changes(long after, Consumer<DoNotCallEntry> each, BiConsumer<Long, List<DoNotCallEntry>> removed)
            throws SQLException {
        return database.jdbi().withHandle(handle -> {
            Connection connection = handle.getConnection();
            long newest = version(connection);
            if (newest <= after) {
                return after;
            }
            long upTo = Math.min(newest, after + VERSIONS_A_PAGE);
            try (PreparedStatement query = connection.prepareStatement(CHANGES)) {
                query.setLong(1, after);
                query.setLong(2, upTo);
                read(query, each);
            }
            for (long e164 : removals(connection, after, upTo)) {
                removed.accept(e164, rowsOf(connection, e164));
            }
            return upTo;
        });
    }

    private static List<Long> removals(Connection connection, long after, long upTo) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(REMOVALS)) {
            query.setLong(1, after);
            query.setLong(2, upTo);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
        }
        return numbers;
    }

    private static void read(PreparedStatement query, Consumer<DoNotCallEntry> each) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String campaign = rows.getString(2);
                OptOut optOut = new OptOut(
                        rows.getString(4),
                        campaign.isEmpty() ? null : campaign,
                        rows.getLong(6),
                        OptOut.Kind.valueOf(rows.getString(3)));
                each.accept(new DoNotCallEntry(rows.getLong(1), optOut, rows.getLong(5)));
            }
        }
    }
}
