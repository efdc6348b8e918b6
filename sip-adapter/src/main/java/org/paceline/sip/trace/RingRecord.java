package org.paceline.sip.trace;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.sip.stack.CallSubject;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.trace.TracedMessage.Way;

/** How a record lies in the ring: its head, its body, and what a call was for. Thread: any. */
final class RingRecord {

    /** Bytes of the head; records begin at multiples of it. */
    static final int HEAD = 64;

    /** A record's kind where it is not a message: a call is over. The kinds of messages are the {@link Way}s. */
    static final byte CALL_OVER = 9;

    private static final int LENGTH = 0;
    private static final int KIND = 4;
    private static final int TRANSPORT = 5;
    private static final int LOCAL_BYTES = 6;
    private static final int PEER_BYTES = 7;
    private static final int NUMBER = 8;
    private static final int NANOS = 16;
    private static final int BODY_BYTES = 24;
    private static final int REASON_BYTES = 26;
    private static final int LOCAL_PORT = 28;
    private static final int PEER_PORT = 30;
    private static final int LOCAL = 32;
    private static final int PEER = 48;

    private static final Way[] WAYS = {Way.RECEIVED, Way.SENT, Way.NOT_SENT};
    private static final Transport[] TRANSPORTS = {Transport.UDP, Transport.TCP, Transport.TLS};
    private static final int WORDS = 5;

    private RingRecord() {}

    /** Returns the whole length of a record with such a body. */
    static int lengthOf(int body) {
        return Math.ceilDiv(HEAD + body, HEAD) * HEAD;
    }

    // ---- into the ring

    static void putHead(ByteBuffer into, int at, int length, byte kind, long number, int body) {
        into.putInt(at + LENGTH, length);
        into.put(at + KIND, kind);
        into.putLong(at + NUMBER, number);
        into.putShort(at + BODY_BYTES, (short) body);
        into.putShort(at + REASON_BYTES, (short) 0);
    }

    static void putPassage(ByteBuffer into, int at, Transport transport, long nanos, int reason) {
        into.put(at + TRANSPORT, number(transport));
        into.putLong(at + NANOS, nanos);
        into.putShort(at + REASON_BYTES, (short) reason);
    }

    /** @param local the bytes of our address, 4 or 16 */
    static void putEnds(ByteBuffer into, int at, byte[] local, int localPort, byte[] peer, int peerPort) {
        into.put(at + LOCAL_BYTES, (byte) local.length);
        into.put(at + PEER_BYTES, (byte) peer.length);
        into.putShort(at + LOCAL_PORT, (short) localPort);
        into.putShort(at + PEER_PORT, (short) peerPort);
        into.put(at + LOCAL, local);
        into.put(at + PEER, peer);
    }

    static byte kind(Way way) {
        return switch (way) {
            case RECEIVED -> 0;
            case SENT -> 1;
            case NOT_SENT -> 2;
        };
    }

    private static byte number(Transport transport) {
        return switch (transport) {
            case UDP -> 0;
            case TCP -> 1;
            case TLS -> 2;
        };
    }

    /** Writes what a call was for. */
    static byte[] words(String callId, CallSubject subject) {
        return String.join(
                        "\n",
                        callId,
                        subject.call() == null ? "" : subject.call().toString(),
                        Long.toString(subject.e164()),
                        subject.trunk() == null ? "" : subject.trunk().value(),
                        subject.agent() == null ? "" : subject.agent().value())
                .getBytes(StandardCharsets.UTF_8);
    }

    // ---- out of it

    static int length(ByteBuffer from, int at) {
        return from.getInt(at + LENGTH);
    }

    static long number(ByteBuffer from, int at) {
        return from.getLong(at + NUMBER);
    }

    static boolean isMessage(ByteBuffer from, int at) {
        return from.get(at + KIND) < WAYS.length;
    }

    /** Whether a whole record stands there. */
    static boolean isWhole(ByteBuffer from, int at, int limit) {
        if (limit - at < HEAD) {
            return false;
        }
        int length = length(from, at);
        int kind = from.get(at + KIND);
        if (kind != CALL_OVER
                && (kind < 0
                        || kind >= WAYS.length
                        || from.get(at + TRANSPORT) >= TRANSPORTS.length
                        || !isAddress(from.get(at + LOCAL_BYTES))
                        || !isAddress(from.get(at + PEER_BYTES)))) {
            return false;
        }
        return length >= HEAD && length <= limit - at && HEAD + bodyBytes(from, at) + reasonBytes(from, at) <= length;
    }

    private static boolean isAddress(int length) {
        return length == 4 || length == 16;
    }

    /** Returns the message of a record, without its subject; null where the record is none. */
    static @Nullable TracedMessage message(ByteBuffer from, int at) {
        if (!isMessage(from, at)) {
            return null;
        }
        int body = bodyBytes(from, at);
        String text = text(from, at + HEAD, body);
        return new TracedMessage(
                number(from, at),
                from.getLong(at + NANOS),
                WAYS[from.get(at + KIND)],
                TRANSPORTS[from.get(at + TRANSPORT)],
                end(from, at + LOCAL, from.get(at + LOCAL_BYTES), from.getShort(at + LOCAL_PORT)),
                end(from, at + PEER, from.get(at + PEER_BYTES), from.getShort(at + PEER_PORT)),
                text,
                text(from, at + HEAD + body, reasonBytes(from, at)),
                SipText.of(text).value("Call-ID", "i"),
                null);
    }

    /** What a call was for. */
    record Over(String callId, CallSubject subject) {}

    /** Returns what a call was for that ended there; null where the record says nothing of it. */
    static @Nullable Over over(ByteBuffer from, int at) {
        if (from.get(at + KIND) != CALL_OVER) {
            return null;
        }
        byte[] bytes = new byte[bodyBytes(from, at)];
        from.get(at + HEAD, bytes);
        String[] words = new String(bytes, StandardCharsets.UTF_8).split("\n", WORDS);
        return new Over(
                words[0],
                new CallSubject(
                        words[1].isEmpty() ? null : new CallId(Long.parseLong(words[1])),
                        Long.parseLong(words[2]),
                        words[3].isEmpty() ? null : new TrunkId(words[3]),
                        words[4].isEmpty() ? null : new AgentId(words[4])));
    }

    private static int bodyBytes(ByteBuffer from, int at) {
        return Short.toUnsignedInt(from.getShort(at + BODY_BYTES));
    }

    private static int reasonBytes(ByteBuffer from, int at) {
        return Short.toUnsignedInt(from.getShort(at + REASON_BYTES));
    }

    private static String text(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static InetSocketAddress end(ByteBuffer from, int at, int length, short port) {
        byte[] address = new byte[length];
        from.get(at, address);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), Short.toUnsignedInt(port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
