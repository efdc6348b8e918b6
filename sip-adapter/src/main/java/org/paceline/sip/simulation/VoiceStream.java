package org.paceline.sip.simulation;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.G711;
import org.paceline.sip.media.RtpPacket;

/**
 * The RTP of one simulated call: sends a voice to the address in the SDP, and listens. A voice that greets says a word,
 * waits for one of the other side, says it again where none comes, and talks once one came; other voices talk without
 * end.
 *
 * <p>Thread: simulation loop.
 */
final class VoiceStream extends SimpleChannelInboundHandler<DatagramPacket> {

    /** The mean magnitude of a packet's samples above which the packet is more than silence. */
    private static final int AUDIBLE = 200;

    private static final int GREETING_FRAMES = 50;
    private static final int GREETING_AND_WAIT_FRAMES = 200;

    private final Voice voice;
    private final PeerCounters counters;
    private final Runnable firstHeard;
    private final RtpPacket packet = new RtpPacket();
    private final int ssrc;

    private @Nullable Channel channel;
    private @Nullable InetSocketAddress remote;
    private G711 law = G711.PCMU;
    private int sequence;
    private int timestamp;
    private long frame;
    private boolean heard;

    private boolean receiving;
    private int remoteSsrc;
    private int firstSequence;
    private int highestSequence;
    private long receivedOfSource;

    /** @param firstHeard runs once, when the first packet comes that holds more than silence */
    VoiceStream(Voice voice, PeerCounters counters, RandomGenerator random, Runnable firstHeard) {
        this.voice = voice;
        this.counters = counters;
        this.firstHeard = firstHeard;
        ssrc = random.nextInt();
        sequence = random.nextInt() & 0xFFFF;
        timestamp = random.nextInt();
    }

    void bound(Channel bound) {
        channel = bound;
    }

    InetSocketAddress local() {
        return (InetSocketAddress)
                Objects.requireNonNull(channel, "channel: not bound").localAddress();
    }

    /** @param address null to send nothing */
    void sendTo(@Nullable InetSocketAddress address, G711 inLaw) {
        remote = address;
        law = inLaw;
    }

    /** Sends the next frame, every 20 ms. */
    void tick() {
        Channel out = channel;
        InetSocketAddress to = remote;
        if (out == null || to == null || !out.isWritable()) {
            return;
        }
        ByteBuf buffer = out.alloc().directBuffer(RtpPacket.HEADER_BYTES + G711.FRAME_SAMPLES);
        int second = (frame == 0 ? 0x80 : 0) | law.payloadType();
        buffer.writerIndex(RtpPacket.HEADER_BYTES);
        RtpPacket.setHeader(buffer, 0, second, sequence & 0xFFFF, timestamp, ssrc);
        if (voice.greets() && !heard && frame % GREETING_AND_WAIT_FRAMES >= GREETING_FRAMES) {
            for (int i = 0; i < G711.FRAME_SAMPLES; i++) {
                buffer.writeByte(law.silence());
            }
        } else {
            buffer.writeBytes(voice.codes(law), Voice.offset(frame), G711.FRAME_SAMPLES);
        }
        var _ = out.writeAndFlush(new DatagramPacket(buffer, to), out.voidPromise());
        sequence++;
        timestamp += G711.FRAME_SAMPLES;
        frame++;
        counters.rtpSent.increment();
    }

    void close() {
        endSource();
        if (channel != null) {
            var _ = channel.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
        ByteBuf content = datagram.content();
        G711 coded = packet.parse(content) ? G711.ofPayloadType(packet.payloadType()) : null;
        if (coded == null || packet.payloadLength() == 0) {
            return;
        }
        counters.rtpReceived.increment();
        count();
        if (audible(content, coded)) {
            counters.rtpAudible.increment();
            if (!heard) {
                heard = true;
                firstHeard.run();
            }
        }
    }

    /** Ignores errors: the other side's port may be closed for a moment around the end of a call. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {}

    private void count() {
        if (!receiving || packet.ssrc() != remoteSsrc) {
            endSource();
            receiving = true;
            remoteSsrc = packet.ssrc();
            firstSequence = packet.sequence();
            highestSequence = firstSequence;
        }
        int extended = highestSequence + (short) (packet.sequence() - highestSequence);
        highestSequence = Math.max(highestSequence, extended);
        receivedOfSource++;
    }

    private void endSource() {
        if (receiving) {
            long expected = highestSequence - firstSequence + 1L;
            counters.rtpLost.add(Math.max(0, expected - receivedOfSource));
        }
        receiving = false;
        receivedOfSource = 0;
    }

    private boolean audible(ByteBuf content, G711 coded) {
        long sum = 0;
        int end = packet.payloadIndex() + packet.payloadLength();
        for (int i = packet.payloadIndex(); i < end; i++) {
            sum += Math.abs(coded.decode(content.getByte(i)));
        }
        return sum > (long) AUDIBLE * packet.payloadLength();
    }
}
