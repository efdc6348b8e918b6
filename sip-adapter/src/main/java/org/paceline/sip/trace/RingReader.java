package org.paceline.sip.trace;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the records of the ring, as they are while it reads.
 *
 * <p>Thread: one.
 */
final class RingReader {

    /** What is copied at once, under the ring's lock: more than the longest record. */
    private static final int CHUNK_BYTES = 128 * 1024;

    private final MessageRing ring;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final ByteBuffer records = ByteBuffer.wrap(chunk);

    private long chunkAt;
    private int limit;
    private int at;
    private int next;
    private long number;
    private long lost;
    private long bytes;

    RingReader(MessageRing ring, TraceMark from) {
        this.ring = ring;
        chunkAt = from.position();
        number = from.number();
    }

    /** Goes to the next record; returns whether there is one. */
    boolean next() {
        if (!RingRecord.isWhole(records, next, limit)) {
            MessageRing.Copied copied = ring.copy(chunkAt + next, chunk);
            lost += Math.max(0, copied.message() - number);
            chunkAt = copied.position();
            limit = copied.bytes();
            next = 0;
            if (!RingRecord.isWhole(records, 0, limit)) {
                number = copied.message();
                return false;
            }
        }
        at = next;
        int length = RingRecord.length(records, at);
        next = at + length;
        bytes += length;
        number = RingRecord.number(records, at) + (RingRecord.isMessage(records, at) ? 1 : 0);
        return true;
    }

    /** Returns the message that it is at, without its subject; null where the record is none. */
    @Nullable
    TracedMessage message() {
        return RingRecord.message(records, at);
    }

    /** Returns what the call was for that ended where it is at; null where none did. */
    RingRecord.@Nullable Over over() {
        return RingRecord.over(records, at);
    }

    TraceMark mark() {
        return new TraceMark(chunkAt + next, number);
    }

    /** How many messages were overwritten before they could be read. */
    long lost() {
        return lost;
    }

    long bytes() {
        return bytes;
    }
}
