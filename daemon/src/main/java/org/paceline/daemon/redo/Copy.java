package org.paceline.daemon.redo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A copy of all rows as they were after one record, in one file: a head, blocks of rows of one table each, and a last
 * block, of no table, with the tables' sums. A copy counts once it was read back; until then its name ends in {@code .part}.
 */
public final class Copy {
    static final int HEAD_MARK = 0x504C_4348; // PLCH
    static final int BLOCK_MARK = 0x504C_4342; // PLCB
    private static final int VERSION = 1;
    private static final int BLOCK_BYTES = 1 << 16;
    private static final String PART = ".part";

    private Copy() {}

    /**
     * The beginning of a copy.
     *
     * @param shape the tables that its rows name
     * @param number the last record whose transaction is in it
     * @param madeAtEpochMillis when it was begun
     */
    public record Head(StoreShape shape, long number, long madeAtEpochMillis) {
        void write(ByteWriter out) {
            out.put(VERSION);
            shape.write(out);
            out.putLong(number).putLong(madeAtEpochMillis);
        }

        static Head read(byte[] content) {
            ByteReader in = new ByteReader(ByteBuffer.wrap(content));
            int version = in.get();
            if (version != VERSION) {
                throw new IllegalArgumentException(
                        "has format " + version + ", this release knows " + VERSION + ": use the newer release");
            }
            return new Head(StoreShape.read(in), in.getLong(), in.getLong());
        }
    }

    /** Takes rows. */
    @FunctionalInterface
    public interface Rows {
        void row(int table, byte[] row) throws IOException;
    }

    /** Returns the name of the copy after a record. */
    public static String name(long number) {
        return "%019d.copy".formatted(number);
    }

    /** Returns the names of the whole copies of a folder, the newest last. */
    public static List<String> names(Disk disk) throws IOException {
        return disk.names().stream()
                .filter(name -> name.matches("\\d{19}\\.copy"))
                .toList();
    }

    /** Returns the number in a copy's name. */
    public static long numberOf(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    /** A copy that is being written. Thread: one at a time. */
    public static final class Writer implements AutoCloseable {
        private final Disk disk;
        private final String name;
        private final Disk.Output out;
        private final ByteWriter frame = new ByteWriter(BLOCK_BYTES + (1 << 12));
        private final ByteWriter block = new ByteWriter(BLOCK_BYTES + (1 << 12));
        private final int tables;
        private final TableSums sums;
        private int blockTable;
        private long bytes;
        private boolean finished;

        public Writer(Disk disk, String name, Head head) throws IOException {
            this.disk = disk;
            this.name = name;
            this.tables = head.shape().tables().size();
            this.sums = new TableSums(tables);
            this.out = disk.create(name + PART);
            try {
                Frames.begin(frame, HEAD_MARK);
                head.write(frame);
                write();
            } catch (IOException e) {
                out.close();
                throw e;
            }
        }

        public void add(int table, byte[] row) throws IOException {
            if (table != blockTable || block.size() >= BLOCK_BYTES) {
                endBlock();
                blockTable = table;
            }
            block.putBytes(row);
            sums.add(table, RowCodec.hash(row));
        }

        private void endBlock() throws IOException {
            if (block.size() > 0) {
                Frames.begin(frame, BLOCK_MARK).putUnsigned(blockTable).putRaw(block.array(), block.size());
                write();
                block.clear();
            }
        }

        private void write() throws IOException {
            ByteBuffer whole = Frames.end(frame);
            bytes += whole.remaining();
            out.write(whole);
        }

        /** Returns the sums of the rows so far. */
        public TableSums sums() {
            return sums.copy();
        }

        public long bytes() {
            return bytes;
        }

        /**
         * Ends the file, reads it back, and gives it its name.
         *
         * @throws DamageException where what was read is not what was written
         */
        public void finish() throws IOException {
            endBlock();
            Frames.begin(frame, BLOCK_MARK).putUnsigned(tables);
            sums.write(frame);
            write();
            out.force();
            out.close();
            TableSums readBack = Copy.read(disk, name + PART, (_, _) -> {});
            if (!readBack.equals(sums)) {
                throw new DamageException(disk.place(name + PART) + " cannot be read back as it was written");
            }
            disk.rename(name + PART, name);
            finished = true;
        }

        /** Closes the file; without {@link #finish} it is removed, so that it takes no room. */
        @Override
        public void close() throws IOException {
            out.close();
            if (!finished) {
                disk.delete(name + PART);
            }
        }
    }

    /** Whether a file begins as a copy does, whole or not. */
    public static boolean isOne(Disk disk, String name) throws IOException {
        try (InputStream in = disk.read(name)) {
            byte[] mark = in.readNBytes(Integer.BYTES);
            return mark.length == Integer.BYTES && ByteBuffer.wrap(mark).getInt() == HEAD_MARK;
        }
    }

    /** Returns the head of a copy. */
    public static Head head(Disk disk, String name) throws IOException {
        try (InputStream in = disk.read(name)) {
            return readHead(disk, name, frame(disk, name, in, HEAD_MARK, disk.length(name), 0));
        }
    }

    private static Head readHead(Disk disk, String name, byte[] content) throws DamageException {
        try {
            return Head.read(content);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new DamageException(disk.place(name) + " " + e.getMessage());
        }
    }

    /**
     * Reads a copy to its end.
     *
     * @return the sums of its rows, which are those that its end names
     * @throws DamageException where it is cut or damaged
     */
    public static TableSums read(Disk disk, String name, Rows rows) throws IOException {
        long length = disk.length(name);
        long place = 0;
        try (InputStream in = disk.read(name)) {
            byte[] content = frame(disk, name, in, HEAD_MARK, length, place);
            Head head = readHead(disk, name, content);
            place += Frames.HEAD_BYTES + content.length;
            TableSums sums = new TableSums(head.shape().tables().size());
            int tables = head.shape().tables().size();
            while (true) {
                content = frame(disk, name, in, BLOCK_MARK, length - place, place);
                place += Frames.HEAD_BYTES + content.length;
                ByteReader block = new ByteReader(ByteBuffer.wrap(content));
                int table = (int) block.getUnsigned();
                if (table == tables) {
                    requireEnd(disk, name, head, sums, TableSums.read(block, tables));
                    if (place != length) {
                        throw damage(disk, name, place);
                    }
                    return sums;
                }
                while (block.hasMore()) {
                    byte[] row = block.getBytes();
                    sums.add(table, RowCodec.hash(row));
                    rows.row(table, row);
                }
            }
        } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw damage(disk, name, place);
        }
    }

    private static DamageException damage(Disk disk, String name, long place) {
        return new DamageException(
                "copy " + disk.place(name) + ", byte " + place + ", is damaged or cut: use an older copy");
    }

    private static void requireEnd(Disk disk, String name, Head head, TableSums found, TableSums named)
            throws DamageException {
        String difference = named.difference(found, head.shape().tables());
        if (!difference.isEmpty()) {
            throw new DamageException("copy " + disk.place(name) + " is damaged: " + difference);
        }
    }

    private static byte[] frame(Disk disk, String name, InputStream in, int mark, long left, long place)
            throws IOException {
        byte[] content = Frames.read(in, mark, left);
        if (content == null) {
            throw damage(disk, name, place);
        }
        return content;
    }
}
