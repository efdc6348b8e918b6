package org.paceline.daemon.gate;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.RowChange;
import org.paceline.daemon.redo.RowCodec;

/**
 * What a transaction has done to rows so far: of each row what it was before and what it is now.
 *
 * <p>Thread: one at a time.
 */
@SuppressWarnings("ArrayRecordComponent") // a key compares its bytes itself, a change is compared by nobody
final class Changes {
    private final Map<Key, Change> rows = new LinkedHashMap<>();
    private final Set<Key> doubtful = new LinkedHashSet<>();
    private @Nullable RuntimeException fault;

    private record Key(int table, byte[] key) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key(int otherTable, byte[] otherKey)
                    && table == otherTable
                    && Arrays.equals(key, otherKey);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(key) + table;
        }
    }

    private record Change(byte @Nullable [] before, byte @Nullable [] now) {}

    /** A statement changed a row. */
    void add(int table, byte[] key, byte @Nullable [] before, byte @Nullable [] now) {
        Key row = new Key(table, key);
        Change known = rows.get(row);
        rows.put(row, new Change(known == null ? before : known.before, now));
    }

    /**
     * A change of that row was taken back, with its statement or to a savepoint. Changes come here that {@link #add} never
     * got: H2 tells those of an {@code UPDATE} or {@code DELETE} only when its last row is done, and what {@code ON
     * CONFLICT DO NOTHING} leaves out never. So it is not known what the row is then; {@link #settle} asks.
     */
    void doubt(int table, byte[] key) {
        Key row = new Key(table, key);
        if (rows.containsKey(row)) {
            doubtful.add(row);
        }
    }

    /** Reads a row. */
    @FunctionalInterface
    interface Reader {
        /** Returns the row of that key as the transaction sees it, or null where there is none. */
        byte @Nullable [] read(int table, byte[] key) throws SQLException;
    }

    /** Reads those rows again of which something was taken back. */
    void settle(Reader reader) throws SQLException {
        for (Key row : doubtful) {
            add(row.table, row.key, null, reader.read(row.table, row.key));
        }
        doubtful.clear();
    }

    /** A change could not be understood: the transaction must not end well. */
    void fail(RuntimeException cause) {
        fault = cause;
    }

    void clear() {
        rows.clear();
        doubtful.clear();
        fault = null;
    }

    /**
     * Returns the rows that are not as they were.
     *
     * @throws SQLException where a change could not be understood
     */
    List<RowChange> net() throws SQLException {
        if (fault != null) {
            throw new SQLException(fault.getMessage(), fault);
        }
        List<RowChange> net = new ArrayList<>(rows.size());
        rows.forEach((key, change) -> {
            if (!Arrays.equals(change.before, change.now)) {
                net.add(new RowChange(
                        key.table,
                        key.key,
                        change.before != null,
                        change.before == null ? 0 : RowCodec.hash(change.before),
                        change.now));
            }
        });
        return net;
    }

    /** Returns the rows of records, each as the last one left it, so that they can be applied at once. */
    static List<RowChange> last(List<RowChange> all) {
        Map<Key, RowChange> last = new LinkedHashMap<>();
        for (RowChange change : all) {
            last.put(new Key(change.table(), change.key()), change);
        }
        return List.copyOf(last.values());
    }
}
