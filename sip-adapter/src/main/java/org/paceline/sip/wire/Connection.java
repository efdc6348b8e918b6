package org.paceline.sip.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, from its opening to its end.
 *
 * <p>Thread: the loop's; what is public may be asked by any.
 */
public final class Connection {

    /** How long a message may take from its first byte to its last. */
    static final long MESSAGE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A connection on which nothing comes for so long is closed. */
    static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(30);
    /** On one that stands, something comes within this time after a request. */
    static final long UNHEARD_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** How much may wait for a peer that does not read. */
    static final int MOST_UNSENT_BYTES = 1 << 20;

    private static final int MOST_WAITING = 1_024;
    private static final byte[] PONG = {'\r', '\n'};

    private final Remote remote;
    private final boolean isOurs;
    private final Events events;
    private final Framer framer = new Framer();
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private @Nullable Channel channel;
    private volatile boolean isOpen;
    private volatile boolean wasOpen;
    private volatile boolean isClosed;
    private @Nullable String failure;
    private boolean isBroken;
    private long heardNanos;
    private long begunNanos;
    private long askedNanos;
    private boolean isAsked;

    /** What happens on a connection. Thread: the loop's; must not block. */
    public interface Events {

        void message(Connection from, byte[] bytes);

        /**
         * What comes cannot be cut into messages; the connection is closed next.
         *
         * @param start what came of the message
         * @return what is sent before, or null
         */
        byte @Nullable [] broken(Connection from, byte[] start, int status, String reason);

        /** The connection stands; a secured one is secured. */
        void opened(Connection connection);

        /** It is over, or never came to stand. */
        void closed(Connection connection, String reason);
    }

    /** @param isOurs whether we opened it */
    Connection(Remote remote, boolean isOurs, Events events, long nowNanos) {
        this.remote = remote;
        this.isOurs = isOurs;
        this.events = events;
        heardNanos = nowNanos;
    }

    public Remote remote() {
        return remote;
    }

    /** Whether we opened it. */
    public boolean isOurs() {
        return isOurs;
    }

    /** Whether it ever stood. */
    public boolean wasOpen() {
        return wasOpen;
    }

    /** Whether it is over. */
    public boolean isClosed() {
        return isClosed;
    }

    /** Returns what reads and writes it, the last in the channel's pipeline. */
    ChannelDuplexHandler handler() {
        return new Handler();
    }

    /** Sends a message, once the connection stands. */
    void send(byte[] message, boolean isAnswered, long nowNanos) {
        Channel current = channel;
        if (isAnswered && !isAsked) {
            isAsked = true;
            askedNanos = nowNanos;
        }
        if (current == null || !isOpen) {
            if (waiting.size() >= MOST_WAITING) {
                end("too many messages wait for the connection");
            } else {
                waiting.add(message);
            }
        } else if (!current.isWritable()) {
            end("the peer does not read what is sent to it");
        } else {
            write(current, message);
        }
    }

    private static void write(Channel channel, byte[] message) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(message))
                .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    void end(String reason) {
        if (isClosed) {
            return;
        }
        if (failure == null) {
            failure = reason;
        }
        Channel current = channel;
        if (current == null) {
            over();
        } else {
            var _ = current.close();
        }
    }

    /** Closes it where it has been silent, or slow, for too long. */
    void check(long nowNanos) {
        if (framer.isWithinMessage() && nowNanos - begunNanos > MESSAGE_NANOS) {
            end("a message did not come to its end in " + seconds(MESSAGE_NANOS));
        } else if (isOpen && isAsked && nowNanos - askedNanos > UNHEARD_NANOS && heardNanos - askedNanos < 0) {
            end("nothing came for " + seconds(UNHEARD_NANOS) + " after a request");
        } else if (nowNanos - heardNanos > IDLE_NANOS) {
            end("nothing came for " + seconds(IDLE_NANOS));
        }
    }

    private static String seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos) + " s";
    }

    private void open() {
        isOpen = true;
        wasOpen = true;
        Channel current = channel;
        events.opened(this);
        for (byte[] message = waiting.poll(); message != null && current != null; message = waiting.poll()) {
            write(current, message);
        }
    }

    /** Tells once that it is over. */
    private void over() {
        if (!isClosed) {
            isClosed = true;
            isOpen = false;
            waiting.clear();
            events.closed(this, failure == null ? "the peer closed the connection" : failure);
        }
    }

    private void take(Channel current, ByteBuf bytes) {
        long now = System.nanoTime();
        heardNanos = now;
        isAsked = false;
        while (!isBroken && !isClosed) {
            boolean isBegun = framer.isWithinMessage();
            Framer.Frame frame = framer.next(bytes);
            if (!isBegun || frame != null) {
                begunNanos = now;
            }
            switch (frame) {
                case null -> {
                    return;
                }
                case Framer.Frame.Message(byte[] message) -> events.message(this, message);
                case Framer.Frame.Ping _ -> write(current, PONG);
                case Framer.Frame.Broken(byte[] start, int status, String reason) ->
                    refuse(current, events.broken(this, start, status, reason), reason);
            }
        }
    }

    private void refuse(Channel current, byte @Nullable [] reply, String reason) {
        isBroken = true;
        failure = reason;
        if (reply == null) {
            var _ = current.close();
        } else {
            current.writeAndFlush(Unpooled.wrappedBuffer(reply)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Takes what Netty tells of the channel. */
    private final class Handler extends ChannelDuplexHandler {

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = context.channel();
            // One that never came to stand is not told to be inactive, and is closed before the reason is known.
            context.channel().closeFuture().addListener(_ -> {
                if (wasOpen) {
                    over();
                } else {
                    context.executor().execute(Connection.this::over);
                }
            });
            if (isClosed) {
                var _ = context.close();
            }
        }

        @Override
        public void connect(
                ChannelHandlerContext context, SocketAddress to, SocketAddress from, ChannelPromise promise) {
            promise.addListener(done -> {
                if (!done.isSuccess()) {
                    end(Failures.text(done.cause()));
                }
            });
            var _ = context.connect(to, from, promise);
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (!remote.secure()) {
                open();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake) {
                if (handshake.isSuccess()) {
                    open();
                } else {
                    end(Failures.text(handshake.cause()));
                }
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof ByteBuf bytes) {
                    take(context.channel(), bytes);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            end(Failures.text(cause));
        }
    }
}
