package org.paceline.sip.media;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.sip.audio.G711;
import org.paceline.sip.audio.WavAudio;
import org.paceline.sip.recording.RecordingTap;
import org.paceline.sip.sdp.LocalAudio;
import org.paceline.sip.sdp.RemoteAudio;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer's RTP, in and out: of a customer, or of an agent's standing line. While it is neither joined nor played to,
 * the peer hears silence: a frame five times a second, enough to keep its stream and any NAT on the way alive.
 *
 * <p>Thread: any. Each method returns at once and does its work on the media loop, in the order of the calls; on a
 * closed session it does nothing, except where it says so.
 */
public final class MediaSession {

    private static final Logger LOG = LoggerFactory.getLogger(MediaSession.class);
    private static final long IDLE_NANOS = 200_000_000L;

    /** While joined, the other peer's own gaps are left alone for longer. */
    private static final long JOINED_IDLE_NANOS = 1_000_000_000L;

    /** A customer who sent nothing for so long does not carry a tone. */
    private static final long CARRIER_GAP_NANOS = 60_000_000L;

    /** What a telephone-event counts for in the allowance: it comes beside the audio or instead of it. */
    private static final int EVENT_SAMPLES = G711.FRAME_SAMPLES / 4;

    private final String name;
    private final InetSocketAddress local;
    private final RtpOutput output;
    private final Surroundings around;

    private final RtpPacket packet = new RtpPacket();
    private final SourceLatch latch;
    private final AudioAllowance allowance = new AudioAllowance();
    private final OutgoingStream outgoing;

    private boolean closed;
    private boolean answered;
    private boolean receives;
    private boolean sends;
    private volatile long heardNanos;
    private @Nullable Runnable whenHeard;
    private G711 law = G711.PCMU;
    private int eventPayloadType = -1;
    private @Nullable MediaSession peer;
    private @Nullable RecordingTap tap;
    private @Nullable GreetingDetector greeting;
    private boolean customerSide;
    private @Nullable Playback playback;
    private @Nullable WarningTone tone;
    private int playRequests;
    private boolean noticeUnderWay;
    private long lastSentNanos;
    private long lastReceivedNanos;
    private boolean lost;

    /** What sessions share; an own record so that tests bring their own clock and recorder. */
    record Surroundings(
            Executor loop,
            LongSupplier nanoClock,
            MediaCounters counters,
            Strangers strangers,
            SoundLibrary sounds,
            Executor reader,
            Recordings recordings,
            MediaListener listener,
            long silenceTimeoutNanos) {}

    /** Begins recordings. */
    @FunctionalInterface
    interface Recordings {
        /** @return null when it cannot be recorded */
        @Nullable
        RecordingTap open(CallId call, CampaignId campaign, long nowNanos);
    }

    /** @param stale whom the session before on this port spoke to, or null */
    MediaSession(
            String name,
            InetSocketAddress local,
            RtpOutput output,
            Surroundings around,
            RandomGenerator random,
            @Nullable InetSocketAddress stale) {
        this.name = name;
        latch = new SourceLatch(stale, around.strangers);
        this.local = local;
        this.output = output;
        this.around = around;
        outgoing = new OutgoingStream(random);
    }

    /** As given to {@link MediaPlane#open}. */
    public String name() {
        return name;
    }

    /** The bound address, for the SDP. */
    public InetSocketAddress local() {
        return local;
    }

    /**
     * Takes what the peer's SDP says; may be called again after a re-INVITE. From now on its packets are taken, and
     * their silence is watched while it says that it sends. A peer that wants nothing, as on hold, is sent nothing.
     *
     * @param signaller the host that the signalling goes to, where media may come from as well; or null
     */
    public void remote(RemoteAudio audio, @Nullable InetAddress signaller) {
        G711 spoken = G711.ofPayloadType(audio.payloadType());
        if (spoken == null) {
            throw new IllegalArgumentException(
                    "audioPayloadType=" + audio.payloadType() + ": must be 0 (PCMU) or 8 (PCMA)");
        }
        onLoop(() -> {
            long now = around.nanoClock.getAsLong();
            law = spoken;
            eventPayloadType = audio.telephoneEventPayloadType();
            latch.signalled(audio.address(), signaller, now);
            receives = audio.receives();
            if (!answered) {
                heardNanos = now;
            }
            if (!answered || !sends) {
                lastReceivedNanos = now;
                lost = false;
            }
            answered = true;
            sends = audio.sends();
        });
    }

    /** Runs the task on the media loop with the next sign of life of the peer; one that waits is forgotten. */
    public void onceHeard(Runnable task) {
        onLoop(() -> whenHeard = task);
    }

    private void heardNow(long nowNanos) {
        heardNanos = nowNanos;
        Runnable waiting = whenHeard;
        whenHeard = null;
        if (waiting != null) {
            run(waiting);
        }
    }

    /** When a packet of the peer came last; before the first one, when the peer answered. Thread: any. */
    public long heardNanos() {
        return heardNanos;
    }

    /** Listens for the peer's first words from now on, joined or not. */
    public void awaitGreeting(GreetingListener whoWaits) {
        onLoop(() -> greeting = new GreetingDetector(whoWaits));
    }

    /**
     * Joins this customer with an agent's standing line; whoever either was joined with before is not any more, and a
     * sound that is being played ends.
     *
     * @param record whether the call is recorded; where it cannot be, the call goes on without
     * @param joined runs on the media loop once packets are relayed both ways; not if one of the two is closed
     */
    public void join(MediaSession agentLine, CallId call, CampaignId campaign, boolean record, Runnable joined) {
        onLoop(() -> {
            if (closed || agentLine.closed || agentLine == this) {
                LOG.debug("call={} session={} line={} join=refused reason=closed", call, name, agentLine.name);
                return;
            }
            part();
            agentLine.part();
            endPlayback();
            agentLine.endPlayback();
            link(agentLine, true);
            agentLine.link(this, false);
            if (record) {
                tap = around.recordings.open(call, campaign, around.nanoClock.getAsLong());
                agentLine.tap = tap;
            }
            run(joined);
        });
    }

    /** Records the joined call from now on; does nothing on one that is not joined or is recorded already. */
    public void record(CallId call, CampaignId campaign) {
        onLoop(() -> {
            MediaSession other = peer;
            if (other != null && tap == null) {
                tap = around.recordings.open(call, campaign, around.nanoClock.getAsLong());
                other.tap = tap;
            }
        });
    }

    /** Lays a short tone over what the agent hears who is joined with this customer; neither customer nor recording have it. */
    public void warnAgent() {
        onLoop(() -> {
            MediaSession other = peer;
            if (other != null) {
                other.tone = new WarningTone();
            }
        });
    }

    /**
     * Plays a notice to customer and agent, then records; where it cannot be played, nothing is recorded. Does nothing on a
     * call that is not joined, is recorded already, or has its notice played.
     *
     * @param notice as {@link WavAudio#check} takes it
     */
    public void recordAfter(Path notice, CallId call, CampaignId campaign) {
        onLoop(() -> {
            MediaSession other = peer;
            if (other != null && tap == null && !noticeUnderWay) {
                noticeUnderWay = true;
                around.reader.execute(() -> loadNotice(notice, other, () -> record(call, campaign)));
            }
        });
    }

    private void loadNotice(Path notice, MediaSession other, Runnable told) {
        try {
            WavAudio audio = around.sounds.load(notice);
            onLoop(() -> beginNotice(audio, other, told));
        } catch (IOException | RuntimeException e) {
            LOG.error("session={} recorded=no notice=unplayable reason=\"{}\"", name, e.getMessage());
            onLoop(() -> noticeUnderWay = false);
        }
    }

    private void beginNotice(WavAudio audio, MediaSession other, Runnable told) {
        noticeUnderWay = false;
        if (peer != other) {
            return;
        }
        endPlayback();
        other.endPlayback();
        other.playback = new Playback(audio, () -> {});
        noticeUnderWay = true;
        playback = new Playback(audio, () -> {
            noticeUnderWay = false;
            if (peer == other) {
                told.run();
            }
        });
    }

    /** Ends the relay and closes the recording; both sockets stay open. May be called on either of the two. */
    public void unjoin() {
        onLoop(this::part);
    }

    /**
     * Plays a sound to the peer, and nothing else meanwhile. A sound still being played ends.
     *
     * @param wav as {@link WavAudio#check} takes it; kept decoded
     * @param done runs on the media loop after the last frame; and also when the file cannot be played, or the session is
     *     or gets closed or joined. It runs exactly once, unless the whole plane is closed
     */
    public void play(Path wav, Runnable done) {
        onLoop(() -> {
            if (closed) {
                run(done);
                return;
            }
            int request = ++playRequests;
            around.reader.execute(() -> load(wav, request, done));
        });
    }

    /** Closes the socket, parting from whoever it is joined with. */
    public void close() {
        onLoop(() -> {
            if (!closed) {
                part();
                endPlayback();
                closed = true;
                latch.close();
                output.close();
            }
        });
    }

    /** A datagram came; takes over the buffer. Thread: media loop. */
    void received(ByteBuf datagram, InetSocketAddress from) {
        boolean passedOn = false;
        long now = around.nanoClock.getAsLong();
        try {
            if (!packet.parse(datagram)) {
                around.counters.malformed.increment();
            } else if (closed || !answered) {
                around.counters.ignored.increment();
            } else if (packet.isRtcp()) {
                rtcp(from, now);
            } else if (!latch.accept(from, packet, now)) {
                around.counters.foreign.increment();
            } else {
                around.counters.received.increment();
                lastReceivedNanos = now;
                heardNow(now);
                lost = false;
                passedOn = take(datagram);
            }
        } finally {
            if (!passedOn) {
                datagram.release();
            }
        }
    }

    /** RTCP on the RTP port (RFC 5761) is not spoken, but shows that the peer is there. */
    private void rtcp(InetSocketAddress from, long nowNanos) {
        if (latch.isPeer(from)) {
            heardNow(nowNanos);
            around.counters.ignored.increment();
        } else {
            around.counters.foreign.increment();
        }
    }

    /** Whom it speaks to, or null for nobody. Thread: media loop. */
    @Nullable
    InetSocketAddress peerAddress() {
        return latch.destination();
    }

    private @Nullable InetSocketAddress destination() {
        return receives ? latch.destination() : null;
    }

    /** Every 20 ms: what is due by time. Thread: media loop. */
    void tick() {
        long now = around.nanoClock.getAsLong();
        InetSocketAddress to = destination();
        if (playback != null) {
            playOn(playback, to, now);
        } else if (tone != null && to != null && (tone.isAlone() || now - lastSentNanos >= CARRIER_GAP_NANOS)) {
            sendTone(tone, to, now);
        } else if (answered && to != null && now - lastSentNanos >= (peer == null ? IDLE_NANOS : JOINED_IDLE_NANOS)) {
            sendSilence(to, now);
        }
        if (greeting != null) {
            greeting.time(now);
        }
        if (answered
                && sends
                && !lost
                && around.silenceTimeoutNanos > 0
                && now - lastReceivedNanos >= around.silenceTimeoutNanos) {
            lost = true;
            run(() -> around.listener.mediaLost(this));
        }
    }

    /** @return whether the buffer was passed on */
    private boolean take(ByteBuf datagram) {
        G711 heard = G711.ofPayloadType(packet.payloadType());
        // The peer sends with the number of our SDP, and most use their own for both ways (RFC 3264 §5.1).
        int type = packet.payloadType();
        boolean event = eventPayloadType >= 0 && (type == eventPayloadType || type == LocalAudio.TELEPHONE_EVENT);
        if ((heard == null && !event) || packet.payloadLength() == 0) {
            around.counters.ignored.increment();
            return false;
        }
        if (!allowance.take(heard == null ? EVENT_SAMPLES : packet.payloadLength(), lastReceivedNanos)) {
            around.counters.excess.increment();
            return false;
        }
        if (greeting != null && heard != null) {
            greeting.packet(heard, datagram, packet.payloadIndex(), packet.payloadLength(), lastReceivedNanos);
        }
        if (tap != null && heard != null) {
            tap.packet(
                    customerSide,
                    packet.ssrc(),
                    packet.timestamp(),
                    heard,
                    datagram,
                    packet.payloadIndex(),
                    packet.payloadLength(),
                    lastReceivedNanos);
        }
        return peer != null && peer.relay(datagram, packet, heard);
    }

    /**
     * Sends another session's packet to this one's peer, its header rewritten in place.
     *
     * @param heard its law, or null for a telephone-event
     */
    private boolean relay(ByteBuf datagram, RtpPacket from, @Nullable G711 heard) {
        InetSocketAddress to = destination();
        int payloadType = heard != null ? law.payloadType() : eventPayloadType;
        long now = around.nanoClock.getAsLong();
        if (to == null || payloadType < 0 || playback != null || !outgoing.map(from, now)) {
            return false;
        }
        if (heard != null) {
            heard.transcode(datagram, from.payloadIndex(), from.payloadLength(), law);
            mixTone(datagram, from.payloadIndex(), from.payloadLength(), false);
        }
        int start = from.payloadIndex() - RtpPacket.HEADER_BYTES;
        setHeader(datagram, start, payloadType);
        datagram.setIndex(start, from.payloadIndex() + from.payloadLength());
        send(datagram, to, now);
        return true;
    }

    private void playOn(Playback sound, @Nullable InetSocketAddress to, long now) {
        if (sound.ended()) {
            endPlayback();
            return;
        }
        ByteBuf frame = output.allocate(RtpPacket.HEADER_BYTES + G711.FRAME_SAMPLES);
        frame.writerIndex(RtpPacket.HEADER_BYTES);
        outgoing.next(!sound.atStart(), now);
        sound.frame(law, frame);
        sendOwn(frame, to, now);
    }

    private void sendSilence(InetSocketAddress to, long now) {
        outgoing.next(false, now);
        sendOwn(silence(), to, now);
    }

    private void sendTone(WarningTone sound, InetSocketAddress to, long now) {
        outgoing.next(sound.isAlone(), now);
        ByteBuf frame = silence();
        mixTone(frame, RtpPacket.HEADER_BYTES, G711.FRAME_SAMPLES, true);
        sendOwn(frame, to, now);
    }

    private void mixTone(ByteBuf buffer, int index, int length, boolean onOwnFrame) {
        WarningTone sound = tone;
        if (sound != null) {
            sound.mix(law, buffer, index, length, onOwnFrame);
            tone = sound.ended() ? null : sound;
        }
    }

    private ByteBuf silence() {
        ByteBuf frame = output.allocate(RtpPacket.HEADER_BYTES + G711.FRAME_SAMPLES);
        frame.writerIndex(RtpPacket.HEADER_BYTES);
        for (int i = 0; i < G711.FRAME_SAMPLES; i++) {
            frame.writeByte(law.silence());
        }
        return frame;
    }

    private void sendOwn(ByteBuf frame, @Nullable InetSocketAddress to, long now) {
        if (to == null) {
            frame.release();
            return;
        }
        setHeader(frame, 0, law.payloadType());
        send(frame, to, now);
    }

    private void setHeader(ByteBuf buffer, int index, int payloadType) {
        int second = (outgoing.marker() ? 0x80 : 0) | payloadType;
        RtpPacket.setHeader(buffer, index, second, outgoing.sequence(), outgoing.timestamp(), outgoing.ssrc());
    }

    private void send(ByteBuf buffer, InetSocketAddress to, long now) {
        lastSentNanos = now;
        around.counters.sent.increment();
        output.send(buffer, to);
    }

    private void load(Path wav, int request, Runnable done) {
        try {
            WavAudio audio = around.sounds.load(wav);
            onLoop(() -> begin(audio, request, done));
        } catch (IOException | RuntimeException e) {
            LOG.warn("session={} announcement=unplayable reason=\"{}\"", name, e.getMessage());
            onLoop(() -> run(done));
        }
    }

    private void begin(WavAudio audio, int request, Runnable done) {
        if (closed || request != playRequests) {
            run(done);
            return;
        }
        endPlayback();
        playRequests = request;
        playback = new Playback(audio, done);
    }

    /** Also takes back a sound that is still being read. */
    private void endPlayback() {
        playRequests++;
        Playback ended = playback;
        playback = null;
        if (ended != null) {
            run(ended.done());
        }
    }

    private void link(MediaSession other, boolean customer) {
        peer = other;
        customerSide = customer;
        outgoing.endSource();
    }

    private void part() {
        MediaSession other = peer;
        if (other == null) {
            return;
        }
        if (tap != null) {
            tap.close(around.nanoClock.getAsLong());
        }
        peer = null;
        tap = null;
        tone = null;
        other.peer = null;
        other.tap = null;
        other.tone = null;
        endPlayback();
        other.endPlayback();
    }

    private void onLoop(Runnable work) {
        try {
            around.loop.execute(work);
        } catch (RejectedExecutionException _) {
            LOG.debug("session={} ignored=call reason=\"the media plane is closed\"", name);
        }
    }

    /** A callback must not stop the loop's tick. */
    private void run(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            LOG.error("session={} callback=failed", name, e);
        }
    }
}
