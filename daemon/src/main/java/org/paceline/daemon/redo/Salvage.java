package org.paceline.daemon.redo;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes what is whole from a log that is not. Thread: the caller's. */
public final class Salvage {
    private Salvage() {}

    /**
     * Takes the records after one from a log that is damaged, up to the damage, into a new folder.
     *
     * @return one line that says which records were taken, and what could not be
     */
    public static String take(Disk from, Disk to, long after) throws IOException {
        long next = after + 1;
        String end = "";
        List<String> segments = new Segments(from).names();
        for (int i = 0; i < segments.size() && end.isEmpty(); i++) {
            String name = segments.get(i);
            if (i + 1 < segments.size() && SegmentHead.firstOf(segments.get(i + 1)) <= next) {
                continue;
            }
            if (SegmentHead.firstOf(name) > next) {
                end = "records " + next + " to " + (SegmentHead.firstOf(name) - 1) + " are missing";
                break;
            }
            try (Segment segment = Segment.open(from, name)) {
                long number = segment.head().first();
                while (segment.next(number) != null) {
                    number++;
                }
                copy(from, to, name, segment.place());
                next = number;
                if (segment.place() < from.length(name)) {
                    end = "the rest of " + from.place(name) + ", from byte " + segment.place() + ", is damaged";
                }
            } catch (DamageException e) {
                end = String.valueOf(e.getMessage()).replace(Segment.REMEDY, "");
            }
        }
        String taken = next == after + 1 ? "none" : (after + 1) + " to " + (next - 1);
        return "records  " + taken + (end.isEmpty() ? ", all that there are" : "; " + end);
    }

    private static void copy(Disk from, Disk to, String name, long length) throws IOException {
        try (InputStream in = from.read(name);
                Disk.Output out = to.create(name)) {
            byte[] part = new byte[1 << 16];
            long left = length;
            while (left > 0) {
                int read = in.read(part, 0, (int) Math.min(part.length, left));
                if (read < 0) {
                    throw new EOFException(from.place(name) + " became shorter while it was read");
                }
                out.write(ByteBuffer.wrap(part, 0, read));
                left -= read;
            }
            out.force();
        }
    }
}
