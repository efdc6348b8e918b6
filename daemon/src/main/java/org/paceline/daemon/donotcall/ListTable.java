package org.paceline.daemon.donotcall;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.paceline.rules.OptOut;

/**
 * The database table of lists that were imported into the do-not-call list: their numbers are in {@link
 * NumberSegment}s, so that ten million numbers are some hundred rows.
 *
 * <p>Each writing transaction takes the lists' next version under a lock, so writers come one after the other.
 *
 * <p>It uses plain JDBC, for imports of millions of numbers, and because the journal asks here before each batch.
 *
 * <p>Thread: any; works within the caller's transaction.
 */
final class ListTable {
    private static final String NEXT_VERSION =
            "UPDATE list_version SET version = version + 1 WHERE list = 'do_not_call_list'";
    private static final String VERSION = "SELECT version FROM list_version WHERE list = 'do_not_call_list'";
    private static final String FIND =
            "SELECT id FROM do_not_call_list WHERE source = ? AND campaign = ? AND until_at = ?";
    private static final String OF_SOURCE =
            "SELECT id, campaign, until_at, numbers FROM do_not_call_list WHERE source = ?";
    private static final String IDS = "SELECT id FROM do_not_call_list ORDER BY id";
    private static final String ADD = "INSERT INTO do_not_call_list (source, campaign, until_at, entered_at, numbers,"
            + " version) VALUES (?, ?, ?, ?, 0, 0)";
    private static final String CHANGE = "UPDATE do_not_call_list SET numbers = ?, version = ? WHERE id = ?";
    private static final String SEGMENTS =
            "SELECT first_e164, last_e164, numbers FROM do_not_call_segment WHERE list = ? ORDER BY first_e164";
    private static final String DELETE_SEGMENTS = "DELETE FROM do_not_call_segment WHERE list = ?";
    private static final String DELETE = "DELETE FROM do_not_call_list WHERE id = ?";
    private static final String ADD_SEGMENT =
            "INSERT INTO do_not_call_segment (list, first_e164, last_e164, numbers) VALUES (?, ?, ?, ?)";
    private static final String AROUND = "SELECT l.id, l.source, l.campaign, l.until_at, l.entered_at, s.first_e164,"
            + " s.last_e164, s.numbers FROM do_not_call_segment s JOIN do_not_call_list l ON l.id = s.list"
            + " WHERE s.first_e164 <= ? AND s.last_e164 >= ? AND l.version > ? ORDER BY l.campaign, l.source, l.until_at";

    private ListTable() {}

    /** The numbers that were added to a list and removed from it. */
    record Change(long added, long removed) {}

    /** The terms that all numbers of a list have in common; campaign empty for all. */
    record Terms(String source, String campaign, long untilEpochMillis) {
        OptOut optOut() {
            return new OptOut(source, campaign.isEmpty() ? null : campaign, untilEpochMillis);
        }
    }

    static long nextVersion(Connection connection) throws SQLException {
        try (PreparedStatement next = connection.prepareStatement(NEXT_VERSION)) {
            next.executeUpdate();
        }
        return version(connection);
    }

    static long version(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(VERSION);
                ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /**
     * Adds numbers to a list, which is made when there is none.
     *
     * @param numbers the numbers, settled
     * @param replace whether the list has these and no other numbers afterwards
     */
    static Change put(
            Connection connection, Terms terms, NumberCollector numbers, boolean replace, long now, long version)
            throws SQLException {
        long list = findOrAdd(connection, terms, now);
        NumberSegment.Writer merged = new NumberSegment.Writer();
        Change change = merge(NumberSegment.numbers(segments(connection, list)), numbers, replace, merged::add);
        if (change.added > 0 || change.removed > 0) {
            write(connection, list, merged, version);
        }
        return change;
    }

    private static Change merge(
            PrimitiveIterator.OfLong known, NumberCollector fresh, boolean replace, LongConsumer merged) {
        long added = 0;
        long removed = 0;
        int next = 0;
        while (known.hasNext()) {
            long number = known.nextLong();
            for (; next < fresh.size() && fresh.get(next) < number; next++) {
                merged.accept(fresh.get(next));
                added++;
            }
            boolean again = next < fresh.size() && fresh.get(next) == number;
            next += again ? 1 : 0;
            if (again || !replace) {
                merged.accept(number);
            } else {
                removed++;
            }
        }
        for (; next < fresh.size(); next++) {
            merged.accept(fresh.get(next));
            added++;
        }
        return new Change(added, removed);
    }

    private static long findOrAdd(Connection connection, Terms terms, long now) throws SQLException {
        try (PreparedStatement find = connection.prepareStatement(FIND)) {
            find.setString(1, terms.source);
            find.setString(2, terms.campaign);
            find.setLong(3, terms.untilEpochMillis);
            try (ResultSet row = find.executeQuery()) {
                if (row.next()) {
                    return row.getLong(1);
                }
            }
        }
        try (PreparedStatement add = connection.prepareStatement(ADD, new String[] {"id"})) {
            add.setString(1, terms.source);
            add.setString(2, terms.campaign);
            add.setLong(3, terms.untilEpochMillis);
            add.setLong(4, now);
            add.executeUpdate();
            try (ResultSet keys = add.getGeneratedKeys()) {
                if (!keys.next()) {
                    throw new SQLException("a new do-not-call list has no id");
                }
                return keys.getLong(1);
            }
        }
    }

    private static List<NumberSegment> segments(Connection connection, long list) throws SQLException {
        List<NumberSegment> segments = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SEGMENTS)) {
            query.setLong(1, list);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    segments.add(NumberSegment.stored(rows.getLong(1), rows.getLong(2), rows.getBytes(3)));
                }
            }
        }
        return segments;
    }

    /** Writes a list; a list without numbers is deleted. */
    private static void write(Connection connection, long list, NumberSegment.Writer numbers, long version)
            throws SQLException {
        delete(connection, DELETE_SEGMENTS, list);
        try (PreparedStatement add = connection.prepareStatement(ADD_SEGMENT)) {
            int waiting = 0;
            for (NumberSegment segment : numbers.segments()) {
                add.setLong(1, list);
                add.setLong(2, segment.first());
                add.setLong(3, segment.last());
                add.setBytes(4, segment.bytes());
                add.addBatch();
                if (++waiting % 32 == 0) {
                    add.executeBatch();
                }
            }
            add.executeBatch();
        }
        if (numbers.count() == 0) {
            delete(connection, DELETE, list);
            return;
        }
        try (PreparedStatement change = connection.prepareStatement(CHANGE)) {
            change.setLong(1, numbers.count());
            change.setLong(2, version);
            change.setLong(3, list);
            change.executeUpdate();
        }
    }

    private static void delete(Connection connection, String statement, long list) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(statement)) {
            delete.setLong(1, list);
            delete.executeUpdate();
        }
    }

    /**
     * Takes out the lists of a source, except some.
     *
     * @return how many numbers they had
     */
    static long removeOthers(Connection connection, String source, Collection<Terms> kept) throws SQLException {
        long removed = 0;
        List<Long> gone = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(OF_SOURCE)) {
            query.setString(1, source);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    if (!kept.contains(new Terms(source, rows.getString(2), rows.getLong(3)))) {
                        gone.add(rows.getLong(1));
                        removed += rows.getLong(4);
                    }
                }
            }
        }
        for (long list : gone) {
            delete(connection, DELETE_SEGMENTS, list);
            delete(connection, DELETE, list);
        }
        return removed;
    }

    /** Hands over the entries of a number in lists newer than a version, with the id of the list. */
    static void entriesOf(Connection connection, long e164, long newerThan, BiConsumer<Long, DoNotCallEntry> each)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(AROUND)) {
            query.setLong(1, e164);
            query.setLong(2, e164);
            query.setLong(3, newerThan);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    if (NumberSegment.stored(rows.getLong(6), rows.getLong(7), rows.getBytes(8))
                            .contains(e164)) {
                        OptOut optOut = new Terms(rows.getString(2), rows.getString(3), rows.getLong(4)).optOut();
                        each.accept(rows.getLong(1), new DoNotCallEntry(e164, optOut, rows.getLong(5)));
                    }
                }
            }
        }
    }

    /**
     * Converts the lists' numbers to another notation.
     *
     * @return how many numbers changed
     */
    static long renumber(Connection connection, LongUnaryOperator notation) throws SQLException {
        List<Long> lists = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(IDS);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                lists.add(rows.getLong(1));
            }
        }
        long changed = 0;
        long version = -1;
        for (long list : lists) {
            NumberCollector numbers = new NumberCollector();
            long others = renumber(segments(connection, list), notation, numbers);
            if (others > 0) {
                version = version < 0 ? nextVersion(connection) : version;
                numbers.settle();
                NumberSegment.Writer writer = new NumberSegment.Writer();
                for (int i = 0; i < numbers.size(); i++) {
                    writer.add(numbers.get(i));
                }
                write(connection, list, writer, version);
                changed += others;
            }
        }
        return changed;
    }

    private static long renumber(List<NumberSegment> segments, LongUnaryOperator notation, NumberCollector numbers) {
        long changed = 0;
        PrimitiveIterator.OfLong known = NumberSegment.numbers(segments);
        while (known.hasNext()) {
            long number = known.nextLong();
            long now = notation.applyAsLong(number);
            changed += now == number ? 0 : 1;
            numbers.add(now);
        }
        return changed;
    }

    /** Takes one number out of a list. */
    static void remove(Connection connection, long list, long e164, long version) throws SQLException {
        NumberSegment.Writer left = new NumberSegment.Writer();
        NumberSegment.numbers(segments(connection, list)).forEachRemaining((long number) -> {
            if (number != e164) {
                left.add(number);
            }
        });
        write(connection, list, left, version);
    }
}
