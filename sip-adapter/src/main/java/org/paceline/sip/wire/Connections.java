package org.paceline.sip.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.tls.TlsContexts;
import org.paceline.sip.tls.TlsPeer;

/**
 * All connections over TCP and TLS: those that peers open, and those that we open. One to a peer is kept and used for
 * whatever goes there; once it is over, the next message opens another. Strangers' connections are closed before a byte of
 * them is read.
 *
 * <p>One thread, {@code sip-streams}, owns them all; epoll on Linux, NIO elsewhere. Thread: any.
 */
public final class Connections implements AutoCloseable {

    static final String THREAD = "sip-streams";
    /** How many connections others may have open, all together, and from one address: many phones may be behind one. */
    static final int MOST_ACCEPTED = 2_048;

    static final int MOST_OF_ONE = 256;

    private static final long BEAT_LIMIT_MILLIS = 10_000;
    private static final int LOW_WATER_BYTES = Connection.MOST_UNSENT_BYTES / 2;
    private static final long CLOSE_LIMIT_SECONDS = 2;

    private final InetAddress host;
    private final Predicate<InetAddress> mayConnect;
    private final Connection.Events events;
    private final Runnable refused;
    private final @Nullable TlsContexts tls;
    private final ThreadWatch watch;
    private final Heartbeat heartbeat;
    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup group;
    private final EventLoop loop;

    // The loop's.
    private final Map<Remote, Connection> byRemote = new HashMap<>();
    private final Map<InetAddress, Integer> accepted = new HashMap<>();
    private int acceptedInAll;
    private volatile int open;

    /**
     * Begins without any connection.
     *
     * @param host the address that connections come from and to
     * @param mayConnect the addresses that may connect to us; asked on the loop
     * @param events is told what happens on the connections
     * @param refused runs for each connection that was not let in
     * @param tls null where nothing is secured
     */
    public Connections(
            InetAddress host,
            Predicate<InetAddress> mayConnect,
            Connection.Events events,
            Runnable refused,
            @Nullable TlsContexts tls,
            ThreadWatch watch) {
        this.host = host;
        this.mayConnect = mayConnect;
        this.events = events;
        this.refused = refused;
        this.tls = tls;
        this.watch = watch;
        group = new MultiThreadIoEventLoopGroup(
                1,
                (ThreadFactory) work -> new FastThreadLocalThread(watch.guard(THREAD, work), THREAD),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        loop = group.next();
        heartbeat = watch.heartbeat(THREAD, BEAT_LIMIT_MILLIS);
        var _ = loop.scheduleAtFixedRate(watch.guard(THREAD, this::tick), 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Lets peers connect.
     *
     * @throws IOException where the port cannot be had
     */
    public void listen(int port, boolean secure) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channelFactory(epoll ? EpollServerSocketChannel::new : NioServerSocketChannel::new)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(initializer(channel -> accept(channel, secure)));
        options().forEach((option, value) -> childOption(bootstrap, option, value));
        ChannelFuture bound = bootstrap.bind(host, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            Throwable cause = bound.cause();
            throw cause instanceof IOException e ? e : new IOException(cause);
        }
    }

    /**
     * Sends a message over the connection that there is to the other end, or else over a new one. Whether it arrives is
     * told by nobody; {@link Connection.Events#closed} tells when the connection is over.
     *
     * @param isAnswered whether the other side has to send something in return
     * @param instead the other end of a connection that is opened where none stands
     * @param over takes the connection, on the loop, before the message is sent
     */
    public void send(
            byte[] message, Remote to, Supplier<Remote> instead, boolean isAnswered, Consumer<Connection> over) {
        run(() -> {
            Connection connection = byRemote.get(to);
            if (connection == null) {
                connection = open(instead.get());
            }
            over.accept(connection);
            connection.send(message, isAnswered, System.nanoTime());
        });
    }

    /** How many connections stand. */
    public int open() {
        return open;
    }

    /** Closes all connections. */
    @Override
    public void close() {
        run(() -> List.copyOf(byRemote.values()).forEach(each -> each.end("we stop")));
        group.shutdownGracefully(0, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
        watch.ended(heartbeat);
    }

    /** Runs a task on the loop; nothing once that is stopped. */
    private void run(Runnable task) {
        try {
            loop.execute(watch.guard(THREAD, task));
        } catch (RejectedExecutionException _) {
            // We are closed.
        }
    }

    private void tick() {
        heartbeat.beat();
        long now = System.nanoTime();
        List.copyOf(byRemote.values()).forEach(each -> each.check(now));
    }

    private void accept(Channel channel, boolean secure) {
        if (!(channel.remoteAddress() instanceof InetSocketAddress from) || !admits(from.getAddress())) {
            refused.run();
            var _ = channel.close();
            return;
        }
        Connection connection = new Connection(new Remote(from, secure, null), false, new Told(), System.nanoTime());
        accepted.merge(from.getAddress(), 1, Integer::sum);
        acceptedInAll++;
        known(connection);
        if (secure && tls != null) {
            channel.pipeline().addLast(timed(tls.server().newHandler(channel.alloc())));
        }
        channel.pipeline().addLast(connection.handler());
    }

    private boolean admits(InetAddress from) {
        return mayConnect.test(from) && acceptedInAll < MOST_ACCEPTED && accepted.getOrDefault(from, 0) < MOST_OF_ONE;
    }

    private Connection open(Remote to) {
        Connection connection = new Connection(to, true, new Told(), System.nanoTime());
        known(connection);
        TlsPeer peer = to.peer();
        if (to.secure() && (peer == null || tls == null)) {
            // What is to be sent is given to it first.
            run(() -> connection.end("the connection that it opened to us is gone"));
            return connection;
        }
        SslContext context;
        try {
            context = peer == null || tls == null ? null : tls.client(peer);
        } catch (IllegalStateException e) {
            run(() -> connection.end(String.valueOf(e.getMessage())));
            return connection;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channelFactory(epoll ? EpollSocketChannel::new : NioSocketChannel::new)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Limits.CONNECT_MILLIS)
                .handler(initializer(channel -> {
                    if (context != null && peer != null) {
                        channel.pipeline().addLast(timed(handler(context, channel, peer, to.at())));
                    }
                    channel.pipeline().addLast(connection.handler());
                }));
        options().forEach((option, value) -> option(bootstrap, option, value));
        var _ = bootstrap.connect(to.at(), new InetSocketAddress(host, 0));
        return connection;
    }

    /** The name is sent to the peer (RFC 6066 §3), which may have certificates for several; an address is not. */
    private static SslHandler handler(SslContext context, Channel channel, TlsPeer peer, InetSocketAddress at) {
        boolean isName = NetUtil.createByteArrayFromIpAddressString(peer.domain()) == null
                && peer.domain().indexOf(':') < 0;
        return isName
                ? context.newHandler(channel.alloc(), peer.domain(), at.getPort())
                : context.newHandler(channel.alloc());
    }

    private static SslHandler timed(SslHandler handler) {
        handler.setHandshakeTimeoutMillis(Limits.HANDSHAKE_MILLIS);
        return handler;
    }

    private void known(Connection connection) {
        byRemote.put(connection.remote(), connection);
        open = byRemote.size();
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> init) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                init.accept(channel);
            }
        };
    }

    private static Map<ChannelOption<?>, Object> options() {
        return Map.of(
                ChannelOption.TCP_NODELAY,
                true,
                ChannelOption.SO_KEEPALIVE,
                true,
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(LOW_WATER_BYTES, Connection.MOST_UNSENT_BYTES));
    }

    @SuppressWarnings("unchecked")
    private static <T> void option(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }

    @SuppressWarnings("unchecked")
    private static <T> void childOption(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }

    /** Forgets a connection that is over, and passes on what happens. */
    private final class Told implements Connection.Events {

        @Override
        public void message(Connection from, byte[] bytes) {
            events.message(from, bytes);
        }

        @Override
        public byte @Nullable [] broken(Connection from, byte[] start, int status, String reason) {
            return events.broken(from, start, status, reason);
        }

        @Override
        public void opened(Connection connection) {
            events.opened(connection);
        }

        @Override
        public void closed(Connection connection, String reason) {
            byRemote.remove(connection.remote(), connection);
            open = byRemote.size();
            if (!connection.isOurs()) {
                acceptedInAll--;
                accepted.computeIfPresent(
                        connection.remote().at().getAddress(), (_, count) -> count > 1 ? count - 1 : null);
            }
            events.closed(connection, reason);
        }
    }
}
