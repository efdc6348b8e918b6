package org.paceline.sip.simulation;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread for all calls of a simulated peer: their times, their RTP. Thread: any, unless said otherwise. */
final class SimulationLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationLoop.class);
    private static final long TICK_MILLIS = 20;
    private static final long CLOSE_LIMIT_SECONDS = 5;

    private final EventLoopGroup group;
    private final EventLoop loop;
    private final InetAddress host;

    /** Used by the loop only. */
    private final Set<VoiceStream> streams = new HashSet<>();

    SimulationLoop(String threadName, InetAddress host) {
        this.host = host;
        group = new MultiThreadIoEventLoopGroup(
                1, (ThreadFactory) work -> new FastThreadLocalThread(work, threadName), NioIoHandler.newFactory());
        loop = group.next();
        var _ = loop.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void execute(Runnable work) {
        try {
            loop.execute(guarded(work));
        } catch (RejectedExecutionException _) {
            LOG.debug("simulation=closed ignored=event");
        }
    }

    void after(long millis, Runnable work) {
        try {
            var _ = loop.schedule(guarded(work), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            LOG.debug("simulation=closed ignored=timer");
        }
    }

    /**
     * Binds a stream to any free port. Thread: loop.
     *
     * @param then runs on the loop, with whether it is bound
     */
    void open(VoiceStream stream, Consumer<Boolean> then) {
        ChannelFuture bound = new Bootstrap()
                .group(group)
                .channel(NioDatagramChannel.class)
                .handler(stream)
                .bind(host, 0);
        bound.addListener(_ -> {
            if (bound.isSuccess()) {
                stream.bound(bound.channel());
                streams.add(stream);
            } else {
                LOG.warn(
                        "simulation=unanswered reason=\"no RTP port: {}\"",
                        bound.cause().getMessage());
            }
            guarded(() -> then.accept(bound.isSuccess())).run();
        });
    }

    /** Thread: loop. */
    void close(VoiceStream stream) {
        streams.remove(stream);
        stream.close();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void tick() {
        for (VoiceStream stream : streams) {
            stream.tick();
        }
    }

    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.error("simulation=failed", e);
            }
        };
    }
}
