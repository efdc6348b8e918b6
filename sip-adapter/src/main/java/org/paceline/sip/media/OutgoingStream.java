package org.paceline.sip.media;

import java.util.random.RandomGenerator;

/**
 * The stream that one peer hears: one SSRC for good, and sequence numbers and timestamps that go on without a break,
 * whether its packets are relayed from one customer, from the next, or made by us. The gaps and reordering within one
 * source are kept, so that the peer's jitter buffer sees what the network did.
 *
 * <p>Thread: media loop.
 */
final class OutgoingStream {

    /** How far ahead or behind a sequence number may be; further away it is from a restarted source (RFC 3550 §A.1). */
    private static final int MAX_DROPOUT = 3000;

    private static final int MAX_MISORDER = 100;

    /** How far timestamps may drift from wall time, 5 s; beyond that they are from a restarted source. */
    private static final long MAX_TIMESTAMP_DRIFT = 40_000;

    private static final int FRAME = 160;

    private final int ssrc;

    /** The sequence number of the newest packet sent; the next packets continue from it. */
    private int lastSequence;

    private int lastTimestamp;
    private long lastNanos;
    private boolean started;

    private boolean mapped;
    private int sourceSsrc;
    private int baseSequence;
    private int highestSequence;
    private int sequenceOffset;
    private int timestampOffset;

    private int sequence;
    private int timestamp;
    private boolean marker;

    OutgoingStream(RandomGenerator random) {
        ssrc = random.nextInt();
        lastSequence = random.nextInt() & 0xFFFF;
        lastTimestamp = random.nextInt();
    }

    int ssrc() {
        return ssrc;
    }

    /** Returns the sequence number of the packet last mapped or made. */
    int sequence() {
        return sequence;
    }

    int timestamp() {
        return timestamp;
    }

    boolean marker() {
        return marker;
    }

    /** Ends the source: the next packet is from another one, even if it has the same SSRC. */
    void endSource() {
        mapped = false;
    }

    /**
     * Gives a packet of a source its place in the stream.
     *
     * @return false when it is older than the source's first packet here and must not be sent
     */
    boolean map(RtpPacket packet, long nowNanos) {
        int extended = highestSequence + (short) (packet.sequence() - highestSequence);
        boolean first = !mapped || restarted(packet, extended, nowNanos);
        if (first) {
            sourceSsrc = packet.ssrc();
            extended = packet.sequence();
            baseSequence = extended;
            highestSequence = extended;
            sequenceOffset = lastSequence + 1 - extended;
            timestampOffset = nextTimestamp(nowNanos) - packet.timestamp();
            mapped = true;
        } else if (extended < baseSequence) {
            return false;
        }
        highestSequence = Math.max(highestSequence, extended);
        place(extended + sequenceOffset, packet.timestamp() + timestampOffset, packet.marker() || first, nowNanos);
        return true;
    }

    /**
     * Makes the place of a packet of our own.
     *
     * @param continues whether the packet follows the one before without a gap, whenever it is sent
     */
    void next(boolean continues, long nowNanos) {
        mapped = false;
        int time = continues && started ? lastTimestamp + FRAME : nextTimestamp(nowNanos);
        place(lastSequence + 1, time, !continues, nowNanos);
    }

    private boolean restarted(RtpPacket packet, int extended, long nowNanos) {
        int ahead = extended - highestSequence;
        if (packet.ssrc() != sourceSsrc || ahead > MAX_DROPOUT || ahead < -MAX_MISORDER) {
            return true;
        }
        int progress = packet.timestamp() + timestampOffset - lastTimestamp;
        return Math.abs(progress - samplesSince(nowNanos)) > MAX_TIMESTAMP_DRIFT;
    }

    private void place(int newSequence, int newTimestamp, boolean newMarker, long nowNanos) {
        sequence = newSequence & 0xFFFF;
        timestamp = newTimestamp;
        marker = newMarker;
        if ((short) (newSequence - lastSequence) > 0) {
            lastSequence = sequence;
        }
        if (!started || newTimestamp - lastTimestamp > 0) {
            lastTimestamp = newTimestamp;
            lastNanos = nowNanos;
        }
        started = true;
    }

    /** Returns the timestamp at which the next source begins by wall time: at least one frame on, in whole frames. */
    private int nextTimestamp(long nowNanos) {
        if (!started) {
            return lastTimestamp;
        }
        long frames = Math.round(samplesSince(nowNanos) / (double) FRAME);
        return lastTimestamp + (int) (Math.max(1, frames) * FRAME);
    }

    private long samplesSince(long nowNanos) {
        return (nowNanos - lastNanos) / 125_000;
    }
}
