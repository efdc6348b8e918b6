package org.paceline.sip.media;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.recording.Recorder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The RTP sockets and the media through them: G.711 in both laws and telephone-events, relayed, recorded or announced.
 * One thread, {@code rtp-1}, owns every session, so that a join needs no hand-over between threads; epoll on Linux, NIO
 * elsewhere. RTCP is not supported: the odd ports of the range stay unbound, and RTCP on an RTP port is ignored.
 *
 * <p>Thread: any.
 */
public final class MediaPlane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MediaPlane.class);
    static final String THREAD = "rtp-1";
    private static final long TICK_MILLIS = 20;
    private static final long LIMIT_MILLIS = 10_000;
    private static final long CLOSE_LIMIT_SECONDS = 5;

    /** How often ports that other programs have are tried again. */
    private static final long HELD_PORTS_SECONDS = 5;

    private final InetAddress host;
    private final @Nullable InetAddress advertised;
    private final RtpPorts ports;
    private final MediaCounters counters = new MediaCounters();
    private final Set<MediaSession> sessions = ConcurrentHashMap.newKeySet();
    /**
     * The last peer of each port's session before: such a peer may still send, and must not be taken for the next one.
     */
    private final ConcurrentHashMap<Integer, InetSocketAddress> lastPeers = new ConcurrentHashMap<>();

    private final SecureRandom random = new SecureRandom();
    private final @Nullable Recorder recorder;
    private final EventLoopGroup group;
    private final ThreadWatch watch;
    private final Heartbeat heartbeat;
    private final Bootstrap bootstrap;
    private final MediaSession.Surroundings around;

    /** Makes a media plane whose recordings are dated in UTC. */
    public MediaPlane(String host, MediaSettings settings, MediaListener listener, ThreadWatch watch) {
        this(host, settings, listener, Clock.systemUTC(), watch);
    }

    /**
     * @param host address to bind, not a name, unless the settings name another
     * @param settings a first port of 0 leaves the choice of ports to the operating system
     * @param clock the clock whose date, in its zone, is in the recordings' paths
     * @param watch is told when the media loop or the recorder dies
     */
    public MediaPlane(String host, MediaSettings settings, MediaListener listener, Clock clock, ThreadWatch watch) {
        this.watch = watch;
        String own =
                settings.address().host() == null ? host : settings.address().host();
        this.host = new InetSocketAddress(own, 0).getAddress();
        if (this.host == null) {
            throw new IllegalArgumentException("host=" + own + ": must be an address of this machine");
        }
        this.advertised = settings.address().advertised();
        ports = new RtpPorts(this.host, settings, listener, sessions::size);
        recorder = settings.recordings() == null
                ? null
                : new Recorder(
                        settings.recordings(), clock, listener::recordingClosed, listener::recorderChanged, watch);
        boolean epoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(
                1,
                (ThreadFactory) work -> new FastThreadLocalThread(watch.guard(THREAD, work), THREAD),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        EventLoop loop = group.next();
        around = new MediaSession.Surroundings(
                work -> loop.execute(watch.guard(THREAD, work)),
                System::nanoTime,
                counters,
                new Strangers(),
                new SoundLibrary(),
                work -> Thread.ofVirtual().name("announcement").start(watch.guard("announcement", work)),
                TimeUnit.MILLISECONDS.toNanos(settings.silenceTimeoutMillis()));
        bootstrap = new Bootstrap()
                .group(group)
                .channelFactory(() -> channel(epoll))
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT);
        heartbeat = watch.heartbeat(THREAD, LIMIT_MILLIS);
        // A periodic task that threw something would silently not be run any more.
        Runnable tick = watch.guard(THREAD, this::tick);
        var _ = loop.scheduleAtFixedRate(tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        Runnable tryHeldPorts = watch.guard(THREAD, ports::tryHeld);
        var _ = loop.scheduleAtFixedRate(tryHeldPorts, HELD_PORTS_SECONDS, HELD_PORTS_SECONDS, TimeUnit.SECONDS);
        if (recorder == null) {
            loop.execute(() -> listener.recorderChanged("no directory for recordings is configured"));
        }
        LOG.info(
                "media=started transport={} ports={}-{}",
                epoll ? "epoll" : "nio",
                settings.firstPort(),
                settings.lastPort());
    }

    /**
     * Binds the next free even port.
     *
     * <p>Thread: any but the media loop; waits for the bind, well under a millisecond.
     *
     * @param name a name for the logs: a call's id or an agent's name, never a phone number
     * @param whenSilent runs on the media loop when no valid RTP came for the silence time-out, and again only after
     *     packets have come again; must not block
     * @throws IOException when every port of the range is in use, or the system gives us no socket
     */
    public MediaSession open(String name, Runnable whenSilent) throws IOException {
        return ports.bindNext(port -> bind(name, port, whenSilent));
    }

    /** Returns an action that begins the recording of a call, in the folder of its campaign. */
    public RecordingStart recordingOf(CallId call, CampaignId campaign) {
        return nowNanos -> recorder == null ? null : recorder.open(call, campaign, nowNanos);
    }

    public MediaStats stats() {
        return new MediaStats(
                sessions.size(),
                ports.free(),
                counters.received.sum(),
                counters.sent.sum(),
                counters.malformed.sum(),
                counters.foreign.sum(),
                counters.excess.sum(),
                counters.ignored.sum(),
                counters.unsent.sum(),
                recorder == null ? 0 : recorder.droppedPackets());
    }

    /** Closes every session and recording; waits at most ten seconds. */
    @Override
    public void close() {
        for (MediaSession session : sessions) {
            session.close();
        }
        // The sessions' closing is queued before the shutdown, and runs before it ends.
        if (!group.shutdownGracefully(0, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("media=closing reason=\"the media loop did not end in {} s\"", CLOSE_LIMIT_SECONDS);
        }
        watch.ended(heartbeat);
        if (recorder != null) {
            recorder.close();
        }
    }

    private MediaSession bind(String name, int port, Runnable whenSilent) throws IOException {
        RtpSocket socket = new RtpSocket(counters, watch);
        ChannelFuture bound = bootstrap.clone().handler(socket).bind(host, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException("port " + port + ": " + bound.cause().getMessage(), bound.cause());
        }
        Channel channel = bound.channel();
        InetSocketAddress local = (InetSocketAddress) channel.localAddress();
        InetSocketAddress shown = advertised == null ? local : new InetSocketAddress(advertised, local.getPort());
        MediaSession session =
                new MediaSession(name, shown, socket, around, random, lastPeers.get(local.getPort()), whenSilent);
        sessions.add(session);
        channel.closeFuture().addListener(_ -> {
            sessions.remove(session);
            InetSocketAddress spokenTo = session.peerAddress();
            if (spokenTo != null) {
                lastPeers.put(local.getPort(), spokenTo);
            }
            ports.release(port);
        });
        socket.serve(session);
        return session;
    }

    private void tick() {
        heartbeat.beat();
        if (recorder != null) {
            recorder.look(System.nanoTime());
        }
        for (MediaSession session : sessions) {
            try {
                session.tick();
            } catch (RuntimeException e) {
                LOG.error("session={} tick=failed", session.name(), e);
            }
        }
    }

    private static DatagramChannel channel(boolean epoll) {
        return epoll ? new EpollDatagramChannel() : new NioDatagramChannel();
    }
}
