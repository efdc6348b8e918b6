package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.ThreadWatch;

/** A bound UDP socket of a session. Thread: media loop, except {@link #serve}. */
final class RtpSocket extends ChannelInboundHandlerAdapter implements RtpOutput {

    private final MediaCounters counters;
    private final ThreadWatch watch;
    private @Nullable Channel channel;
    private volatile @Nullable MediaSession session;

    RtpSocket(MediaCounters counters, ThreadWatch watch) {
        this.counters = counters;
        this.watch = watch;
    }

    /** Gives packets to the session from now on. Thread: any. */
    void serve(MediaSession owner) {
        session = owner;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        MediaSession owner = session;
        if (owner == null) {
            datagram.release();
        } else {
            owner.received(datagram.content(), datagram.sender());
        }
    }

    /**
     * Takes an error, mostly an ICMP error because the peer's port is closed. The silence watch ends the call where
     * that lasts.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Error) {
            watch.died(MediaPlane.THREAD, cause);
        }
        counters.unsent.increment();
    }

    @Override
    public ByteBuf allocate(int bytes) {
        return bound().alloc().directBuffer(bytes, bytes);
    }

    @Override
    public void send(ByteBuf packet, InetSocketAddress to) {
        if (!bound().isWritable()) {
            counters.unsent.increment();
            packet.release();
            return;
        }
        var _ = bound().writeAndFlush(new DatagramPacket(packet, to), bound().voidPromise());
    }

    @Override
    public void close() {
        var _ = bound().close();
    }

    private Channel bound() {
        return Objects.requireNonNull(channel, "channel: the socket is not registered yet");
    }
}
