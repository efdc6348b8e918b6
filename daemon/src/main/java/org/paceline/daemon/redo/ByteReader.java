package org.paceline.daemon.redo;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteWriter} wrote. Fails with {@link IllegalArgumentException} or {@link BufferUnderflowException}
 * where the bytes are something else. Thread: one at a time.
 */
final class ByteReader {
    private static final int MOST_SHIFT = 63;

    private final ByteBuffer bytes;

    ByteReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    int get() {
        return bytes.get() & 0xFF;
    }

    int getInt() {
        return bytes.getInt();
    }

    long getLong() {
        return bytes.getLong();
    }

    long getUnsigned() {
        long value = 0;
        for (int shift = 0; shift <= MOST_SHIFT; shift += 7) {
            int next = get();
            value |= (next & 0x7FL) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number does not end");
    }

    long getSigned() {
        long value = getUnsigned();
        return value >>> 1 ^ -(value & 1);
    }

    /** Returns a count of things that each take a byte at least. */
    int getCount() {
        long count = getUnsigned();
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException("count=" + count + " of " + bytes.remaining() + " bytes");
        }
        return (int) count;
    }

    byte[] getBytes() {
        byte[] read = new byte[getCount()];
        bytes.get(read);
        return read;
    }

    String getText() {
        return new String(getBytes(), StandardCharsets.UTF_8);
    }

    boolean hasMore() {
        return bytes.hasRemaining();
    }

    void requireEnd() {
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes too many");
        }
    }
}
