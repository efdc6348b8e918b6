package org.paceline.daemon.redo;

import java.nio.ByteBuffer;

/**
 * The beginning of a file of the log.
 *
 * @param shape the tables that its records name
 * @param first the number of its first record
 * @param before the first number of the file that has the records before this one; 0 where none has
 * @param whole whether the records from 1 on made the database, so that no copy is needed to make it again
 * @param boot which start of the machine wrote it; empty where that is not known
 * @param sums the tables' sums before the first record
 */
public record SegmentHead(StoreShape shape, long first, long before, boolean whole, String boot, TableSums sums) {
    private static final int VERSION = 1;
    static final int MARK = 0x504C_5347; // PLSG
    private static final String ENDING = ".redo";

    String name() {
        return nameOf(first);
    }

    /** Returns the name of the file that begins with a record. */
    static String nameOf(long first) {
        return "%019d%s".formatted(first, ENDING);
    }

    static boolean isSegment(String name) {
        return name.matches("\\d{19}\\.redo");
    }

    static long firstOf(String name) {
        return Long.parseLong(name.substring(0, name.length() - ENDING.length()));
    }

    void write(ByteWriter out) {
        out.put(VERSION);
        shape.write(out);
        out.putLong(first).putLong(before).put(whole ? 1 : 0).putText(boot);
        sums.write(out);
    }

    /** @throws IllegalArgumentException where a newer release wrote it */
    static SegmentHead read(byte[] content) {
        ByteReader in = new ByteReader(ByteBuffer.wrap(content));
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "has format " + version + ", this release knows " + VERSION + ": use the newer release");
        }
        StoreShape shape = StoreShape.read(in);
        long first = in.getLong();
        long before = in.getLong();
        boolean whole = in.get() == 1;
        String boot = in.getText();
        return new SegmentHead(
                shape,
                first,
                before,
                whole,
                boot,
                TableSums.read(in, shape.tables().size()));
    }
}
