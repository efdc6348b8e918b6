package org.paceline.sip.recording;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.sip.audio.G711;

/**
 * The media loop's end of one recording. It never waits: audio that the recorder's queue does not take is lost, and the
 * recording is then marked incomplete.
 *
 * <p>Thread: media loop.
 */
public final class RecordingTap {

    private final PacketRing<RecordingTap> ring;
    private final CallId call;
    private final CampaignId campaign;
    private final long startedNanos;

    private volatile long lostPackets;
    private volatile long closedNanos;
    private volatile boolean closed;

    /** Used by the recorder's thread only. */
    @Nullable
    Recording recording;

    RecordingTap(PacketRing<RecordingTap> ring, CallId call, CampaignId campaign, long startedNanos) {
        this.ring = ring;
        this.call = call;
        this.campaign = campaign;
        this.startedNanos = startedNanos;
    }

    /**
     * Takes a copy of a packet's audio.
     *
     * @param customer true for the customer's audio (left), false for the agent's (right)
     * @param timestamp the timestamp of the RTP header, 8 kHz
     * @param index the index of the first byte of audio in the buffer
     * @param nanos monotonic time of the packet's arrival
     */
    public void packet(
            boolean customer, int ssrc, int timestamp, G711 law, ByteBuf from, int index, int length, long nanos) {
        if (!closed && !ring.offer(this, customer, ssrc, timestamp, law, nanos, from, index, length)) {
            lose();
        }
    }

    /** Ends the audio. The recorder closes the file within some 10 ms. */
    public void close(long nanos) {
        if (!closed) {
            closedNanos = nanos;
            closed = true;
        }
    }

    CallId call() {
        return call;
    }

    CampaignId campaign() {
        return campaign;
    }

    long startedNanos() {
        return startedNanos;
    }

    /** Whether the tap is closed. Once true, all its packets are in the ring. */
    boolean closed() {
        return closed;
    }

    long closedNanos() {
        return closedNanos;
    }

    long lostPackets() {
        return lostPackets;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the media loop writes it
    private void lose() {
        lostPackets = lostPackets + 1;
    }
}
