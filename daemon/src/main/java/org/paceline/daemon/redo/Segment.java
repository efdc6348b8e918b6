package org.paceline.daemon.redo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A file of the log that is read. Thread: one at a time. */
final class Segment implements AutoCloseable {
    /** How it sounds when nothing can be read any more. */
    static final String REMEDY =
            "; put back this file from a backup, or begin from the last copy with: paceline restore";

    private final Disk disk;
    private final String name;
    private final InputStream in;
    private final long length;
    private final SegmentHead head;
    private long place;

    /** What stands behind a record that is not whole. */
    record Rest(int records, long forced) {}

    private Segment(Disk disk, String name, InputStream in, long length, SegmentHead head, long place) {
        this.disk = disk;
        this.name = name;
        this.in = in;
        this.length = length;
        this.head = head;
        this.place = place;
    }

    static Segment open(Disk disk, String name) throws IOException {
        long length = disk.length(name);
        InputStream in = disk.read(name);
        try {
            byte[] content = Frames.read(in, SegmentHead.MARK, length);
            if (content == null) {
                throw new DamageException("the head of " + disk.place(name) + ", before record "
                        + SegmentHead.firstOf(name) + ", byte 0, is damaged" + REMEDY);
            }
            SegmentHead head = SegmentHead.read(content);
            if (head.first() != SegmentHead.firstOf(name)) {
                throw new DamageException(disk.place(name) + " begins with record " + head.first()
                        + ", byte 0, not with " + SegmentHead.firstOf(name) + ", which its name says" + REMEDY);
            }
            return new Segment(disk, name, in, length, head, Frames.HEAD_BYTES + content.length);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            in.close();
            throw new DamageException(disk.place(name) + " " + e.getMessage());
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    SegmentHead head() {
        return head;
    }

    long place() {
        return place;
    }

    /** Returns the next record, or null where the file has no whole record of that number here. */
    @Nullable
    RedoRecord next(long number) throws IOException {
        byte[] content = Frames.read(in, RedoRecord.MARK, length - place);
        if (content == null || content.length < 2 * Long.BYTES || RedoRecord.numberOf(content) != number) {
            return null;
        }
        try {
            RedoRecord record = RedoRecord.read(content, head.shape());
            place += Frames.HEAD_BYTES + content.length;
            return record;
        } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw damage(number, "its content cannot be read: " + e.getMessage());
        }
    }

    boolean isAtEnd() {
        return place == length;
    }

    static DamageException missing(Disk disk, long from, long to) {
        return new DamageException("the records " + from + " to " + to + " are missing: file "
                + disk.place(SegmentHead.nameOf(from)) + " or one before it is not there" + REMEDY);
    }

    DamageException damage(long number, String how) {
        return new DamageException(
                "record " + number + " in " + disk.place(name) + ", byte " + place + ", is damaged: " + how + REMEDY);
    }

    /** Looks for whole records in the last bytes of the file. */
    Rest lookBehind(long bytes) throws IOException {
        try (InputStream again = disk.read(name)) {
            again.skipNBytes(length - bytes);
            ByteBuffer rest = ByteBuffer.wrap(again.readNBytes((int) Math.min(bytes, Frames.MOST_BYTES)));
            int found = 0;
            long forced = 0;
            int at = 0;
            while (at < rest.limit()) {
                byte[] content = Frames.at(rest, at, RedoRecord.MARK);
                if (content != null && content.length >= 2 * Long.BYTES) {
                    found++;
                    forced = Math.max(forced, RedoRecord.forcedOf(content));
                    at += Frames.HEAD_BYTES + content.length;
                } else {
                    at++;
                }
            }
            return new Rest(found, forced);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
