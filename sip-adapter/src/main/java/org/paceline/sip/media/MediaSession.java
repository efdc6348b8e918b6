package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.audio.G711;
import org.paceline.sip.audio.WavAudio;
import org.paceline.sip.sdp.LocalAudio;
import org.paceline.sip.sdp.RemoteAudio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer's RTP, in and out: of a customer, or of an agent's phone. While the peer is neither joined nor played to, it
 * hears silence: a frame five times a second, enough to keep its stream and any NAT on the way alive.
 *
 * <p>Its parts: {@link SourceLatch} (which packets are the peer's), {@link PeerWatch} (the peer's signs of life),
 * {@link RtpSender} (the stream to the peer), {@link SoundPlayer} (sounds played to the peer), {@link Relay} (the join
 * with another peer), {@link RecordingNotice} (the notice before a recording).
 *
 * <p>Thread: any. Each method returns at once and does its work on the media loop, in the order of the calls; on a
 * closed session it does nothing, except where it says so.
 */
public final class MediaSession {

    private static final Logger LOG = LoggerFactory.getLogger(MediaSession.class);

    /** How many samples a telephone-event counts for in the allowance: it comes beside the audio or instead of it. */
    private static final int EVENT_SAMPLES = G711.FRAME_SAMPLES / 4;

    private final InetSocketAddress local;
    private final SessionTasks tasks;
    private final LongSupplier nanoClock;
    private final MediaCounters counters;
    private final SourceLatch latch;
    private final PeerWatch watch;
    private final SoundPlayer player;
    private final RtpSender sender;
    private final RecordingNotice notice;

    private final RtpPacket packet = new RtpPacket();
    private final AudioAllowance allowance = new AudioAllowance();

    private boolean closed;
    private @Nullable Relay relay;
    private @Nullable GreetingDetector greeting;

    /**
     * The parts that sessions share. They are a record of their own so that tests can bring their own clock and loop.
     */
    record Surroundings(
            Executor loop,
            LongSupplier nanoClock,
            MediaCounters counters,
            Strangers strangers,
            SoundLibrary sounds,
            Executor reader,
            long silenceTimeoutNanos) {}

    /**
     * @param stale the peer of the session before on this port, or null
     * @param whenSilent runs on the media loop when no RTP came for the silence time-out; must not block
     */
    MediaSession(
            String name,
            InetSocketAddress local,
            RtpOutput output,
            Surroundings around,
            RandomGenerator random,
            @Nullable InetSocketAddress stale,
            Runnable whenSilent) {
        this.local = local;
        tasks = new SessionTasks(name, around.loop);
        nanoClock = around.nanoClock;
        counters = around.counters;
        latch = new SourceLatch(stale, around.strangers);
        watch = new PeerWatch(tasks, around.silenceTimeoutNanos, whenSilent);
        player = new SoundPlayer(tasks, around.sounds, around.reader);
        sender = new RtpSender(output, latch, player, counters, random);
        notice = new RecordingNotice(tasks, player);
    }

    /** Returns the name given to {@link MediaPlane#open}. */
    public String name() {
        return tasks.session();
    }

    /** Returns the bound address, for the SDP. */
    public InetSocketAddress local() {
        return local;
    }

    /**
     * Takes the peer's SDP; may be called again after a re-INVITE. From now on the peer's packets are taken, and the
     * peer is watched for silence while its SDP says that it sends. A peer that wants no media, as on hold, is sent
     * none.
     *
     * @param signaller the host that the signalling goes to, where media may come from as well; or null
     */
    public void remote(RemoteAudio audio, @Nullable InetAddress signaller) {
        G711 spoken = G711.ofPayloadType(audio.payloadType());
        if (spoken == null) {
            throw new IllegalArgumentException(
                    "audioPayloadType=" + audio.payloadType() + ": must be 0 (PCMU) or 8 (PCMA)");
        }
        tasks.onLoop(() -> {
            long now = nanoClock.getAsLong();
            latch.signalled(audio.address(), signaller, now);
            sender.described(spoken, audio.telephoneEventPayloadType(), audio.receives());
            watch.described(audio.sends(), now);
        });
    }

    /** Runs the task on the media loop with the peer's next sign of life; a task that still waits is forgotten. */
    public void onceHeard(Runnable task) {
        tasks.onLoop(() -> watch.onceHeard(task));
    }

    /** Returns when the peer's last packet came; before the first one, when the peer answered. Thread: any. */
    public long heardNanos() {
        return watch.heardNanos();
    }

    /** Listens for the peer's first words from now on, joined or not. */
    public void awaitGreeting(GreetingListener whoWaits) {
        tasks.onLoop(() -> greeting = new GreetingDetector(whoWaits));
    }

    /**
     * Joins this customer with an agent's phone; a join that either was in before ends, and so does a sound that is
     * being played.
     *
     * @param recording begins the recording from the first packet on, or null for none; where it cannot begin, the call
     *     goes on without
     * @param joined runs on the media loop once packets are relayed both ways; not if one of the two is closed
     */
    public void join(MediaSession agent, @Nullable RecordingStart recording, Runnable joined) {
        tasks.onLoop(() -> {
            if (closed || agent.closed || agent == this) {
                LOG.debug("session={} with={} join=refused reason=closed", name(), agent.name());
                return;
            }
            part();
            agent.part();
            player.stop();
            agent.player.stop();
            Relay begun = new Relay(sender, agent.sender, nanoClock);
            relay = begun;
            agent.relay = begun;
            if (recording != null) {
                begun.record(recording);
            }
            tasks.callBack(joined);
        });
    }

    /** Records the joined call from now on; does nothing on a call that is not joined or is recorded already. */
    public void record(RecordingStart recording) {
        whileJoined(joined -> joined.record(recording));
    }

    /**
     * Plays a short tone over the audio of the agent who is joined with this customer; neither the customer nor the
     * recording gets it.
     */
    public void warnAgent() {
        whileJoined(Relay::warnAgent);
    }

    /**
     * Plays a notice to customer and agent, then records; where it cannot be played, nothing is recorded. Does nothing
     * on a call that is not joined, is recorded already, or whose notice is being read or played. A join that ends
     * before its notice does takes nothing from the next one.
     *
     * @param notice a file that {@link WavAudio#check} accepts
     */
    public void recordAfter(Path notice, RecordingStart recording) {
        whileJoined(joined -> this.notice.play(notice, joined, recording));
    }

    /** Ends the relay and closes the recording; both sockets stay open. May be called on either of the two. */
    public void unjoin() {
        tasks.onLoop(this::part);
    }

    /**
     * Plays a sound to the peer, and nothing else meanwhile. A sound still being played ends.
     *
     * @param wav a file that {@link WavAudio#check} accepts; it is kept decoded
     * @param done runs on the media loop after the last frame; and also when the file cannot be played, or the session
     *     is or gets closed or joined. It runs exactly once, unless the whole plane is closed
     */
    public void play(Path wav, Runnable done) {
        tasks.onLoop(() -> {
            if (closed) {
                tasks.callBack(done);
            } else {
                player.play(wav, done);
            }
        });
    }

    /** Closes the socket, and ends a join. */
    public void close() {
        tasks.onLoop(() -> {
            if (!closed) {
                part();
                player.stop();
                closed = true;
                latch.close();
                sender.close();
            }
        });
    }

    /** Takes a datagram that came, and takes over the buffer. Thread: media loop. */
    void received(ByteBuf datagram, InetSocketAddress from) {
        boolean passedOn = false;
        long now = nanoClock.getAsLong();
        try {
            if (!packet.parse(datagram)) {
                counters.malformed.increment();
            } else if (closed || !watch.answered()) {
                counters.ignored.increment();
            } else if (packet.isRtcp()) {
                rtcp(from, now);
            } else if (!latch.accept(from, packet, now)) {
                counters.foreign.increment();
            } else {
                counters.received.increment();
                watch.received(now);
                passedOn = take(datagram, now);
            }
        } finally {
            if (!passedOn) {
                datagram.release();
            }
        }
    }

    /** Takes RTCP on the RTP port (RFC 5761). It is not supported, but shows that the peer is there. */
    private void rtcp(InetSocketAddress from, long nowNanos) {
        if (latch.isPeer(from)) {
            watch.heard(nowNanos);
            counters.ignored.increment();
        } else {
            counters.foreign.increment();
        }
    }

    /** @return whether the buffer was passed on */
    private boolean take(ByteBuf datagram, long nowNanos) {
        int type = packet.payloadType();
        G711 heard = G711.ofPayloadType(type);
        // A peer should send with the payload type of our SDP, but most use their own for both directions (RFC 3264
        // §5.1).
        int events = sender.eventPayloadType();
        boolean event = events >= 0 && (type == events || type == LocalAudio.TELEPHONE_EVENT);
        if ((heard == null && !event) || packet.payloadLength() == 0) {
            counters.ignored.increment();
            return false;
        }
        if (!allowance.take(heard == null ? EVENT_SAMPLES : packet.payloadLength(), nowNanos)) {
            counters.excess.increment();
            return false;
        }
        if (greeting != null && heard != null) {
            greeting.packet(heard, datagram, packet.payloadIndex(), packet.payloadLength(), nowNanos);
        }
        Relay joined = joined();
        return joined != null && joined.packet(sender, datagram, packet, heard, nowNanos);
    }

    /** Returns the address that the session sends to, or null for none. Thread: media loop. */
    @Nullable
    InetSocketAddress peerAddress() {
        return latch.destination();
    }

    /** Does, every 20 ms, the work that is due by time. Thread: media loop. */
    void tick() {
        long now = nanoClock.getAsLong();
        sender.tick(joined() != null, now);
        if (greeting != null) {
            greeting.time(now);
        }
        watch.tick(now);
    }

    private void whileJoined(Consumer<Relay> work) {
        tasks.onLoop(() -> {
            Relay joined = joined();
            if (joined != null) {
                work.accept(joined);
            }
        });
    }

    private void part() {
        Relay joined = joined();
        if (joined != null) {
            joined.end();
            relay = null;
        }
    }

    /** Returns the relay that it is joined by; a relay that the other peer ended is dropped. */
    private @Nullable Relay joined() {
        if (relay != null && relay.ended()) {
            relay = null;
        }
        return relay;
    }
}
