package org.paceline.daemon.redo;

import java.io.IOException;
import java.util.List;

/** The log's files in their order: each begins with the record after the last one of the file before. Thread: any. */
final class Segments {
    private final Disk disk;

    Segments(Disk disk) {
        this.disk = disk;
    }

    List<String> names() throws IOException {
        return disk.names().stream().filter(SegmentHead::isSegment).toList();
    }

    /** Returns the head of the oldest file from which on none is missing before the file with this head. */
    SegmentHead oldestBefore(SegmentHead head) throws IOException {
        List<String> names = names();
        SegmentHead oldest = head;
        for (int i = names.size() - 2; i >= 0 && oldest.before() == SegmentHead.firstOf(names.get(i)); i--) {
            try (Segment segment = Segment.open(disk, names.get(i))) {
                oldest = segment.head();
            }
        }
        return oldest;
    }

    /** Removes the files, but for the last, whose records all come before this one. */
    void dropBefore(long number) throws IOException {
        List<String> names = names();
        for (int i = 0; i + 1 < names.size(); i++) {
            if (SegmentHead.firstOf(names.get(i + 1)) <= number) {
                disk.delete(names.get(i));
            }
        }
    }

    /**
     * Reads records in their order.
     *
     * @throws DamageException where a file or a record is missing or damaged
     */
    void read(long from, long last, RedoLog.Visitor visitor) throws IOException {
        List<String> names = names();
        long next = from;
        for (int i = 0; i < names.size(); i++) {
            boolean isLast = i + 1 == names.size();
            long end = isLast ? last : SegmentHead.firstOf(names.get(i + 1)) - 1;
            if (end < next) {
                continue;
            }
            String name = names.get(i);
            if (SegmentHead.firstOf(name) > next) {
                throw Segment.missing(disk, next, SegmentHead.firstOf(name) - 1);
            }
            read(name, next, end, visitor);
            next = end + 1;
        }
    }

    private void read(String name, long from, long to, RedoLog.Visitor visitor) throws IOException {
        try (Segment segment = Segment.open(disk, name)) {
            for (long number = segment.head().first(); number <= to; number++) {
                RedoRecord record = segment.next(number);
                if (record == null) {
                    throw segment.isAtEnd()
                            ? Segment.missing(disk, number, to)
                            : segment.damage(number, "it is not as it was written");
                }
                if (number >= from) {
                    visitor.visit(segment.head().shape(), record);
                }
            }
        }
    }
}
