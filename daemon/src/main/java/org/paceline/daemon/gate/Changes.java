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
final class Changes {
    private final Map<Key, Change> rows = new LinkedHashMap<>();

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

    /** A row changed. A key that changes is a row that goes and one that comes. */
    void add(int table, byte[] key, byte @Nullable [] before, byte @Nullable [] now) {
        Key row = new Key(table, key);
        Change known = rows.get(row);
        rows.put(row, new Change(known == null ? before : known.before, now));
    }

    void clear() {
        rows.clear();
    }

    /** Returns the rows that are not as they were. */
    List<RowChange> net() {
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
