package org.paceline.sip.trace;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.MessageTap;
import org.paceline.sip.trace.TracedMessage.Way;

/**
 * Keeps the last SIP messages in a fixed amount of memory: a new one overwrites the oldest. What a call was for is written
 * behind its messages when it ends, so that it is known as long as they are there.
 *
 * <p>Each record is a head of {@value RingRecord#HEAD} bytes and a body, and begins at a multiple of the head's length, so
 * that no head is cut by the ring's end. Positions count bytes since the start and never wrap.
 *
 * <p>Thread: any. A message is copied under a lock that is held for well under a microsecond.
 */
public final class MessageRing implements MessageTap {

    /** The smallest ring that holds the largest message, and some. */
    public static final int LEAST_BYTES = 1024 * 1024;

    /** How much of a message is kept: as much as a datagram of a capture can hold. */
    static final int MOST_OF_A_MESSAGE = 65_000;

    private static final int MOST_OF_A_REASON = 500;

    private static final byte[] NOTHING = {};

    private final byte[] ring;
    private final ByteBuffer heads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, CallSubject> live = new ConcurrentHashMap<>();

    private long oldest;
    private long end;
    private long messages;

    /** @param bytes at least {@link #LEAST_BYTES} */
    public MessageRing(int bytes) {
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException("bytes=" + bytes + ": must be at least " + LEAST_BYTES);
        }
        ring = new byte[bytes / RingRecord.HEAD * RingRecord.HEAD];
        heads = ByteBuffer.wrap(ring);
    }

    // ---- what passes the sockets

    @Override
    public void received(Place at, InetAddress peer, int port, byte[] message, long nanos) {
        append(Way.RECEIVED, at, peer, port, message, NOTHING, nanos);
    }

    @Override
    public void sent(Place at, InetAddress peer, int port, byte[] message) {
        append(Way.SENT, at, peer, port, message, NOTHING, System.nanoTime());
    }

    @Override
    public void notSent(Place at, InetAddress peer, int port, byte[] message, String reason) {
        append(Way.NOT_SENT, at, peer, port, message, reason.getBytes(StandardCharsets.UTF_8), System.nanoTime());
    }

    @Override
    public void begins(String callId, CallSubject subject) {
        live.put(callId, subject);
    }

    @Override
    public void ends(String callId, CallSubject subject) {
        byte[] words = RingRecord.words(callId, subject);
        int length = RingRecord.lengthOf(words.length);
        lock.lock();
        try {
            RingRecord.putHead(heads, begin(length), length, RingRecord.CALL_OVER, messages, words.length);
            copyIn(end + RingRecord.HEAD, words, words.length);
            end += length;
        } finally {
            lock.unlock();
        }
        live.remove(callId);
    }

    private void append(Way way, Place at, InetAddress peer, int port, byte[] message, byte[] reason, long nanos) {
        byte[] local = at.address().getAddress();
        byte[] remote = peer.getAddress();
        int kept = Math.min(message.length, MOST_OF_A_MESSAGE);
        int why = Math.min(reason.length, MOST_OF_A_REASON);
        int length = RingRecord.lengthOf(kept + why);
        lock.lock();
        try {
            int head = begin(length);
            RingRecord.putHead(heads, head, length, RingRecord.kind(way), messages++, kept);
            RingRecord.putPassage(heads, head, at.transport(), nanos, why);
            RingRecord.putEnds(heads, head, local, at.port(), remote, port);
            copyIn(end + RingRecord.HEAD, message, kept);
            copyIn(end + RingRecord.HEAD + kept, reason, why);
            end += length;
        } finally {
            lock.unlock();
        }
    }

    /** Lets the oldest records go, as many as need be; returns where the new one begins in the array. */
    private int begin(int length) {
        while (end + length - oldest > ring.length) {
            oldest += RingRecord.length(heads, index(oldest));
        }
        return index(end);
    }

    private void copyIn(long position, byte[] from, int length) {
        int at = index(position);
        int first = Math.min(length, ring.length - at);
        System.arraycopy(from, 0, ring, at, first);
        System.arraycopy(from, first, ring, 0, length - first);
    }

    private int index(long position) {
        return (int) (position % ring.length);
    }

    // ---- for who reads

    /** Returns what the calls are for that are not over, by Call-ID. */
    Map<String, CallSubject> live() {
        return live;
    }

    /**
     * What was copied at once.
     *
     * @param position where the first record begins
     * @param bytes how many bytes were copied
     * @param message the number of the first message behind the position
     */
    record Copied(long position, int bytes, long message) {}

    /**
     * Copies from a position on, as much as fits into the array; from the oldest record where what stood there is
     * overwritten. The last record may be cut.
     */
    Copied copy(long position, byte[] into) {
        lock.lock();
        try {
            long from = Math.max(position, oldest);
            int length = (int) Math.min(into.length, end - from);
            long number = length <= 0 ? messages : RingRecord.number(heads, index(from));
            if (length > 0) {
                int at = index(from);
                int first = Math.min(length, ring.length - at);
                System.arraycopy(ring, at, into, 0, first);
                System.arraycopy(ring, 0, into, first, length - first);
            }
            return new Copied(from, Math.max(0, length), number);
        } finally {
            lock.unlock();
        }
    }
}
