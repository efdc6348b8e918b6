package org.paceline.daemon.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * A change was taken back, with its statement or to a savepoint. Changes come here that {@link #add} never got,
     * because H2 tells those of an {@code UPDATE} or {@code DELETE} only when its last row is done: of a row that is not
     * known as it was before, there is nothing to take back.
     */
    void takeBack(int table, byte[] key, byte @Nullable [] before, byte @Nullable [] now) {
        rows.computeIfPresent(
                new Key(table, key),
                (_, known) -> Arrays.equals(known.now, before) ? new Change(known.before, now) : known);
    }

    /** A change could not be understood: the transaction must not end well. */
    void fail(RuntimeException cause) {
        fault = cause;
    }

    void clear() {
        rows.clear();
        fault = null;
    }

    /**
     * Returns the rows that are not as they were.
     *
     * @throws IllegalStateException where a change could not be understood
     */
    List<RowChange> net() {
        if (fault != null) {
            throw new IllegalStateException(fault.getMessage(), fault);
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
