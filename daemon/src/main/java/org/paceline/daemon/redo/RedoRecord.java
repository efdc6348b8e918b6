package org.paceline.daemon.redo;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one transaction did.
 *
 * @param number one more than the number of the transaction before it
 * @param forced the disk had all records up to this one when it was written
 * @param changes each row once
 */
public record RedoRecord(long number, long forced, List<RowChange> changes) {
    static final int MARK = 0x504C_5243; // PLRC
    private static final int EXISTED = 1;
    private static final int EXISTS = 2;

    void write(ByteWriter out) {
        out.putLong(number).putLong(forced).putUnsigned(changes.size());
        for (RowChange change : changes) {
            byte[] row = change.row();
            out.putUnsigned(change.table()).put((change.existed() ? EXISTED : 0) | (row == null ? 0 : EXISTS));
            if (change.existed()) {
                out.putInt(change.oldHash());
            }
            out.putBytes(row == null ? change.key() : row);
        }
    }

    static long numberOf(byte[] content) {
        return ByteBuffer.wrap(content).getLong();
    }

    static long forcedOf(byte[] content) {
        return ByteBuffer.wrap(content).getLong(Long.BYTES);
    }

    static RedoRecord read(byte[] content, StoreShape shape) {
        ByteReader in = new ByteReader(ByteBuffer.wrap(content));
        long number = in.getLong();
        long forced = in.getLong();
        int count = in.getCount();
        List<RowChange> changes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int table = (int) in.getUnsigned();
            TableShape of = shape.tables().get(table);
            int flags = in.get();
            boolean existed = (flags & EXISTED) != 0;
            int oldHash = existed ? in.getInt() : 0;
            byte[] bytes = in.getBytes();
            boolean exists = (flags & EXISTS) != 0;
            byte[] key = exists ? RowCodec.keyOf(bytes, of) : bytes;
            changes.add(new RowChange(table, key, existed, oldHash, exists ? bytes : null));
        }
        in.requireEnd();
        return new RedoRecord(number, forced, changes);
    }
}
