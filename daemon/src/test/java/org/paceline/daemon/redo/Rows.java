package org.paceline.daemon.redo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of two tables by their keys, as a test holds them. Thread: one at a time. */
@SuppressWarnings("ByteBufferBackingArray") // all of them wrap an array
final class Rows {
    static final TableShape LEAD = new TableShape("lead", List.of("id", "phone", "note", "tried"), List.of(0));
    static final TableShape CALLBACK = new TableShape("callback", List.of("due", "campaign", "lead"), List.of(1, 2));
    static final StoreShape SHAPE =
            new StoreShape(new UUID(0x1234_5678_9ABC_DEF0L, 0x0FED_CBA9_8765_4321L), "31", List.of(LEAD, CALLBACK));

    private final Map<Key, ByteBuffer> rows;

    record Key(int table, ByteBuffer key) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return table == other.table ? key.compareTo(other.key) : Integer.compare(table, other.table);
        }
    }

    Rows() {
        this(new TreeMap<>());
    }

    private Rows(Map<Key, ByteBuffer> rows) {
        this.rows = rows;
    }

    static byte[] lead(long id, String phone, @Nullable String note, boolean tried) {
        return RowCodec.encode(new @Nullable Object[] {id, phone, note, tried});
    }

    static byte[] callback(@Nullable Long due, String campaign, int lead) {
        return RowCodec.encode(new @Nullable Object[] {due, campaign, lead});
    }

    /** Returns what putting this row changes. */
    RowChange put(int table, byte[] row) {
        return change(table, RowCodec.keyOf(row, SHAPE.tables().get(table)), row);
    }

    /** Returns what taking a row away changes. */
    RowChange remove(Key key) {
        return change(key.table, key.key.array(), null);
    }

    private RowChange change(int table, byte[] key, byte @Nullable [] row) {
        ByteBuffer before = rows.get(new Key(table, ByteBuffer.wrap(key)));
        return new RowChange(table, key, before != null, before == null ? 0 : RowCodec.hash(before.array()), row);
    }

    void apply(RowChange change) {
        Key key = new Key(change.table(), ByteBuffer.wrap(change.key()));
        byte[] row = change.row();
        if (row == null) {
            rows.remove(key);
        } else {
            rows.put(key, ByteBuffer.wrap(row));
        }
    }

    void add(int table, byte[] row) {
        apply(put(table, row));
    }

    List<Key> keys() {
        return new ArrayList<>(rows.keySet());
    }

    Rows copy() {
        return new Rows(new TreeMap<>(rows));
    }

    void each(Copy.Rows visitor) throws java.io.IOException {
        for (Map.Entry<Key, ByteBuffer> row : rows.entrySet()) {
            visitor.row(row.getKey().table(), row.getValue().array());
        }
    }

    TableSums sums() {
        TableSums sums = new TableSums(SHAPE.tables().size());
        rows.forEach((key, row) -> sums.add(key.table, RowCodec.hash(row.array())));
        return sums;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rows that && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
        return rows.hashCode();
    }

    @Override
    public String toString() {
        return rows.size() + " rows";
    }
}
