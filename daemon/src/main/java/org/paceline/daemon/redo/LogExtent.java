package org.paceline.daemon.redo;

import java.io.IOException;

/**
 * What the files of a redo log hold.
 *
 * @param first the number of the oldest record
 * @param last the number of the newest one
 * @param bytes of all files
 */
public record LogExtent(long first, long last, long bytes) {

    /** Looks at the files' names and lengths; a file may go meanwhile. Thread: any. */
    public static LogExtent of(Disk disk, long last) throws IOException {
        long first = last + 1;
        long bytes = 0;
        for (String name : disk.names()) {
            if (SegmentHead.isSegment(name)) {
                first = Math.min(first, SegmentHead.firstOf(name));
                bytes += lengthOf(disk, name);
            }
        }
        return new LogExtent(first, last, bytes);
    }

    private static long lengthOf(Disk disk, String name) throws IOException {
        try {
            return disk.length(name);
        } catch (IOException e) {
            if (disk.names().contains(name)) {
                throw e;
            }
            return 0;
        }
    }

    public long records() {
        return last - first + 1;
    }
}
