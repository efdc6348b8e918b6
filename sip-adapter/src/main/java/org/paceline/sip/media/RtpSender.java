package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.G711;

/**
 * Sends one peer its audio as one stream: a sound of ours, or else the packets relayed to it, or else silence. A sound
 * of ours goes before relayed packets; a warning tone is laid over them, or over silence where none come.
 *
 * <p>Thread: media loop.
 */
final class RtpSender {

    private static final long IDLE_NANOS = 200_000_000L;

    /** How long gaps of the other peer are left alone while the two are joined. */
    private static final long JOINED_IDLE_NANOS = 1_000_000_000L;

    /** How long a customer may send nothing and still carry a tone. */
    private static final long CARRIER_GAP_NANOS = 60_000_000L;

    private final RtpOutput output;
    private final SourceLatch latch;
    private final SoundPlayer player;
    private final MediaCounters counters;
    private final OutgoingStream stream;

    private boolean receives;
    private G711 law = G711.PCMU;
    private int eventPayloadType = -1;
    private @Nullable WarningTone tone;
    private long lastSentNanos;

    /** @param latch knows where the peer is */
    RtpSender(RtpOutput output, SourceLatch latch, SoundPlayer player, MediaCounters counters, RandomGenerator random) {
        this.output = output;
        this.latch = latch;
        this.player = player;
        this.counters = counters;
        stream = new OutgoingStream(random);
    }

    /**
     * Takes the peer's session description.
     *
     * @param events payload type of telephone-events to the peer; −1 for none
     * @param wantsMedia false for a peer on hold, which is sent nothing
     */
    void described(G711 spoken, int events, boolean wantsMedia) {
        law = spoken;
        eventPayloadType = events;
        receives = wantsMedia;
    }

    int eventPayloadType() {
        return eventPayloadType;
    }

    SoundPlayer player() {
        return player;
    }

    /** Ends the source: the next relayed packet is from another one. */
    void endSource() {
        stream.endSource();
    }

    /** Plays a short tone over the audio that the peer hears. */
    void warn() {
        tone = new WarningTone();
    }

    void stopWarning() {
        tone = null;
    }

    /**
     * Sends another peer's packet to this one, its header rewritten in place.
     *
     * @param heard its law, or null for a telephone-event
     * @return whether the buffer was passed on
     */
    boolean relay(ByteBuf datagram, RtpPacket from, @Nullable G711 heard, long nowNanos) {
        InetSocketAddress to = destination();
        int payloadType = heard != null ? law.payloadType() : eventPayloadType;
        if (to == null || payloadType < 0 || player.playing() != null || !stream.map(from, nowNanos)) {
            return false;
        }
        if (heard != null) {
            heard.transcode(datagram, from.payloadIndex(), from.payloadLength(), law);
            mixTone(datagram, from.payloadIndex(), from.payloadLength(), false);
        }
        int start = from.payloadIndex() - RtpPacket.HEADER_BYTES;
        setHeader(datagram, start, payloadType);
        datagram.setIndex(start, from.payloadIndex() + from.payloadLength());
        send(datagram, to, nowNanos);
        return true;
    }

    /** Does, every 20 ms, the work that is due by time. */
    void tick(boolean joined, long nowNanos) {
        InetSocketAddress to = destination();
        Playback sound = player.playing();
        WarningTone warning = tone;
        if (sound != null) {
            playOn(sound, to, nowNanos);
        } else if (warning != null
                && to != null
                && (warning.isAlone() || nowNanos - lastSentNanos >= CARRIER_GAP_NANOS)) {
            sendTone(warning, to, nowNanos);
        } else if (to != null && nowNanos - lastSentNanos >= (joined ? JOINED_IDLE_NANOS : IDLE_NANOS)) {
            stream.next(false, nowNanos);
            sendOwn(silence(), to, nowNanos);
        }
    }

    void close() {
        output.close();
    }

    private @Nullable InetSocketAddress destination() {
        return receives ? latch.destination() : null;
    }

    private void playOn(Playback sound, @Nullable InetSocketAddress to, long nowNanos) {
        if (sound.ended()) {
            player.stop();
            return;
        }
        ByteBuf frame = newFrame();
        stream.next(!sound.atStart(), nowNanos);
        sound.frame(law, frame);
        sendOwn(frame, to, nowNanos);
    }

    private void sendTone(WarningTone sound, InetSocketAddress to, long nowNanos) {
        stream.next(sound.isAlone(), nowNanos);
        ByteBuf frame = silence();
        mixTone(frame, RtpPacket.HEADER_BYTES, G711.FRAME_SAMPLES, true);
        sendOwn(frame, to, nowNanos);
    }

    private void mixTone(ByteBuf buffer, int index, int length, boolean onOwnFrame) {
        WarningTone sound = tone;
        if (sound != null) {
            sound.mix(law, buffer, index, length, onOwnFrame);
            tone = sound.ended() ? null : sound;
        }
    }

    private ByteBuf silence() {
        ByteBuf frame = newFrame();
        for (int i = 0; i < G711.FRAME_SAMPLES; i++) {
            frame.writeByte(law.silence());
        }
        return frame;
    }

    private ByteBuf newFrame() {
        ByteBuf frame = output.allocate(RtpPacket.HEADER_BYTES + G711.FRAME_SAMPLES);
        return frame.writerIndex(RtpPacket.HEADER_BYTES);
    }

    private void sendOwn(ByteBuf frame, @Nullable InetSocketAddress to, long nowNanos) {
        if (to == null) {
            frame.release();
            return;
        }
        setHeader(frame, 0, law.payloadType());
        send(frame, to, nowNanos);
    }

    private void setHeader(ByteBuf buffer, int index, int payloadType) {
        int second = (stream.marker() ? 0x80 : 0) | payloadType;
        RtpPacket.setHeader(buffer, index, second, stream.sequence(), stream.timestamp(), stream.ssrc());
    }

    private void send(ByteBuf buffer, InetSocketAddress to, long nowNanos) {
        lastSentNanos = nowNanos;
        counters.sent.increment();
        output.send(buffer, to);
    }
}
