package org.paceline.daemon.donotcall;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;

/**
 * Some thousands of a list's numbers as the database keeps them: ascending, the first as it is, each other number as
 * the difference to the one before, LEB128.
 *
 * <p>Thread: any (immutable).
 */
final class NumberSegment {
    /** The most numbers of a segment: below 1 MiB, H2's limit, at nine bytes each. */
    private static final int MOST_NUMBERS = 16_384;

    private final long first;
    private final long last;
    private final byte[] bytes;

    private NumberSegment(long first, long last, byte[] bytes) {
        this.first = first;
        this.last = last;
        this.bytes = bytes;
    }

    /** @param bytes the array, which is kept and not copied */
    static NumberSegment stored(long first, long last, byte[] bytes) {
        return new NumberSegment(first, last, bytes);
    }

    long first() {
        return first;
    }

    long last() {
        return last;
    }

    /** Returns the array itself, not a copy. */
    byte[] bytes() {
        return bytes;
    }

    boolean contains(long e164) {
        PrimitiveIterator.OfLong numbers = numbers(List.of(this));
        while (numbers.hasNext()) {
            long number = numbers.nextLong();
            if (number >= e164) {
                return number == e164;
            }
        }
        return false;
    }

    /** Returns the numbers of consecutive segments. */
    static PrimitiveIterator.OfLong numbers(List<NumberSegment> segments) {
        return new Numbers(segments);
    }

    private static final class Numbers implements PrimitiveIterator.OfLong {
        private final List<NumberSegment> segments;
        private int segment;
        private int offset;
        private long number;

        Numbers(List<NumberSegment> segments) {
            this.segments = segments;
        }

        @Override
        public boolean hasNext() {
            if (segment < segments.size() && offset == segments.get(segment).bytes.length) {
                segment++;
                offset = 0;
                number = 0;
            }
            return segment < segments.size();
        }

        @Override
        public long nextLong() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            byte[] bytes = segments.get(segment).bytes;
            byte next = bytes[offset++];
            long value = next & 0x7F;
            for (int shift = 7; next < 0; shift += 7) {
                next = bytes[offset++];
                value |= (long) (next & 0x7F) << shift;
            }
            number += value;
            return number;
        }
    }

    /** Cuts ascending numbers into segments. Thread: one. */
    static final class Writer {
        private final List<NumberSegment> segments = new ArrayList<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(MOST_NUMBERS * 3);
        private long first;
        private long last;
        private int inSegment;
        private long count;

        void add(long e164) {
            if (inSegment == 0) {
                first = e164;
            }
            long rest = inSegment == 0 ? e164 : e164 - last;
            while (rest >= 0x80) {
                bytes.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
            last = e164;
            count++;
            if (++inSegment == MOST_NUMBERS) {
                cut();
            }
        }

        private void cut() {
            if (inSegment > 0) {
                segments.add(new NumberSegment(first, last, bytes.toByteArray()));
                bytes.reset();
                inSegment = 0;
            }
        }

        List<NumberSegment> segments() {
            cut();
            return segments;
        }

        long count() {
            return count;
        }
    }
}
