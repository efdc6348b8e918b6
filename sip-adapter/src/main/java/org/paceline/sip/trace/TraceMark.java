package org.paceline.sip.trace;

/**
 * Where a reader of the ring goes on: behind a record.
 *
 * @param position of the next record
 * @param number of the next message
 */
public record TraceMark(long position, long number) {

    public static final TraceMark BEGIN = new TraceMark(0, 0);

    public TraceMark {
        if (position < 0 || position % RingRecord.HEAD != 0 || number < 0) {
            throw new IllegalArgumentException("position=" + position + " number=" + number + ": is no mark");
        }
    }
}
