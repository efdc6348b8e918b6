package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.audio.G711;
import org.paceline.sip.audio.TestSound;
import org.paceline.sip.sdp.Direction;
import org.paceline.sip.sdp.RemoteAudio;

/** Sessions on a loop, a clock and sockets of the test's own. */
class MediaSessionTest {

    private static final InetSocketAddress CUSTOMER = new InetSocketAddress("192.0.2.1", 4000);
    private static final InetSocketAddress SECOND = new InetSocketAddress("192.0.2.2", 4000);
    private static final InetSocketAddress AGENT = new InetSocketAddress("192.0.2.3", 6000);
    private static final InetSocketAddress LOCAL = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    private static final long SILENCE_MILLIS = 3_000;

    @TempDir
    Path directory;

    private long now = 5_000_000_000L;
    private final List<String> told = new ArrayList<>();
    private final List<CallId> recorded = new ArrayList<>();
    private final MediaCounters counters = new MediaCounters();
    private Consumer<Runnable> reader = Runnable::run;
    private final MediaSession.Surroundings around = new MediaSession.Surroundings(
            Runnable::run,
            () -> now,
            counters,
            new Strangers(),
            new SoundLibrary(),
            work -> reader.accept(work),
            SILENCE_MILLIS * 1_000_000);
    private final Peer customer = new Peer("customer", CUSTOMER, G711.PCMU, 101);
    private final Peer agent = new Peer("agent", AGENT, G711.PCMU, 96);

    @Test
    void shouldRelayBothWaysOnceJoined() {
        givenJoined();
        assertThat(told).containsExactly("joined");
        customer.sends(1, 100, 800, (byte) 11);
        agent.sends(2, 200, 900, (byte) 22);
        assertThat(agent.heard).hasSize(1);
        assertThat(agent.heard.getFirst().to).isEqualTo(AGENT);
        assertThat(agent.heard.getFirst().payload).hasSize(160).containsOnly(11);
        assertThat(customer.heard.getFirst().to).isEqualTo(CUSTOMER);
        assertThat(customer.heard.getFirst().payload).containsOnly(22);
    }

    @Test
    void shouldGiveTheAgentOneUnbrokenStreamAcrossCustomers() {
        givenJoined();
        for (int i = 0; i < 50; i++) {
            customer.sends(1, 65_530 + i, 800 + 160 * i, (byte) 11);
            pass(20);
        }
        customer.session.close();
        for (int i = 0; i < 100; i++) {
            pass(20);
            agent.session.tick();
        }
        Peer second = new Peer("second", SECOND, G711.PCMU, -1);
        second.session.join(agent.session, null, () -> {});
        for (int i = 0; i < 50; i++) {
            second.sends(9, 3 + i, 5 + 160 * i, (byte) 12);
            pass(20);
        }
        assertThat(agent.heard).hasSizeGreaterThan(105);
        for (int i = 1; i < agent.heard.size(); i++) {
            Heard before = agent.heard.get(i - 1);
            Heard after = agent.heard.get(i);
            assertThat(after.ssrc).isEqualTo(before.ssrc);
            assertThat(after.sequence).isEqualTo((before.sequence + 1) & 0xFFFF);
            assertThat(after.timestamp - before.timestamp).isBetween(160, 2000);
        }
        // Media time is wall time: 4 s passed from the first packet to the one after the last.
        int media = agent.heard.getLast().timestamp - agent.heard.getFirst().timestamp;
        assertThat(media).isBetween(4 * 8000 - 320, 4 * 8000);
    }

    @Test
    void shouldTranscodeBetweenTheLaws() {
        Peer other = new Peer("other", SECOND, G711.PCMA, 101);
        customer.session.join(other.session, null, () -> {});
        byte code = G711.PCMU.encode((short) 5000);
        customer.sends(1, 100, 800, code);
        assertThat(other.heard.getFirst().payloadType).isEqualTo(8);
        short heard = G711.PCMA.decode(other.heard.getFirst().payload[0]);
        assertThat((int) heard).isBetween(4800, 5200);
    }

    @Test
    void shouldMapTheTelephoneEventsPayloadType() {
        givenJoined();
        customer.sendsPacket(101, false, 1, 100, 800, new byte[] {5, 10, 0, 80}, CUSTOMER);
        assertThat(agent.heard.getFirst().payloadType).isEqualTo(96);
        assertThat(agent.heard.getFirst().payload).containsExactly(5, 10, 0, 80);
        agent.sendsPacket(97, false, 1, 100, 800, new byte[] {5, 10, 0, 80}, AGENT);
        assertThat(customer.heard).isEmpty();
        agent.sendsPacket(96, false, 1, 101, 960, new byte[] {6, 10, 0, 80}, AGENT);
        agent.sendsPacket(101, false, 1, 102, 1120, new byte[] {7, 10, 0, 80}, AGENT);
        assertThat(customer.heard).extracting(Heard::payloadType).containsExactly(101, 101);
    }

    @Test
    void shouldDropTelephoneEventsForAPeerThatTakesNone() {
        Peer deaf = new Peer("deaf", SECOND, G711.PCMU, -1);
        customer.session.join(deaf.session, null, () -> {});
        customer.sendsPacket(101, false, 1, 100, 800, new byte[] {5, 10, 0, 80}, CUSTOMER);
        assertThat(deaf.heard).isEmpty();
    }

    @Test
    void shouldNotLetAThirdPartySpeakOrListen() {
        givenJoined();
        customer.sends(1, 100, 800, (byte) 11);
        pass(20);
        InetSocketAddress thief = new InetSocketAddress("198.51.100.66", 666);
        customer.sendsPacket(0, false, 77, 1, 1, new byte[160], thief);
        agent.sends(2, 200, 900, (byte) 22);
        assertThat(agent.heard).hasSize(1);
        assertThat(customer.heard.getLast().to).isEqualTo(CUSTOMER);
        assertThat(counters.foreign.sum()).isEqualTo(1);
    }

    @Test
    void shouldDropAndCountWhatIsNoRtp() {
        givenJoined();
        customer.session.received(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}), CUSTOMER);
        customer.sendsPacket(13, false, 1, 1, 1, new byte[1], CUSTOMER);
        assertThat(agent.heard).isEmpty();
        assertThat(counters.malformed.sum()).isEqualTo(1);
        assertThat(counters.ignored.sum()).isEqualTo(1);
    }

    @Test
    void shouldKeepAnIdleLineAliveWithSilence() {
        pass(1);
        for (int i = 0; i < 100; i++) {
            agent.session.tick();
            pass(20);
        }
        assertThat(agent.heard).hasSize(10);
        assertThat(agent.heard.getFirst().payload).containsOnly(0xFF);
        for (int i = 1; i < 10; i++) {
            assertThat(agent.heard.get(i).timestamp - agent.heard.get(i - 1).timestamp)
                    .isEqualTo(1600);
        }
    }

    @Test
    void shouldSendNothingToAPeerOnHold() {
        agent.session.remote(new RemoteAudio(null, 0, -1, Direction.SENDRECV), null);
        pass(1000);
        agent.session.tick();
        givenJoined();
        customer.sends(1, 1, 1, (byte) 1);
        assertThat(agent.heard).isEmpty();
    }

    @Test
    void shouldSendNothingToAPeerThatOnlySendsButHearIt() {
        agent.session.remote(new RemoteAudio(AGENT, 0, -1, Direction.SENDONLY), null);
        pass(1000);
        agent.session.tick();
        givenJoined();
        customer.sends(1, 1, 1, (byte) 1);
        agent.sends(2, 1, 1, (byte) 2);
        assertThat(agent.heard).isEmpty();
        assertThat(customer.heard).hasSize(1);

        agent.session.remote(new RemoteAudio(AGENT, 0, -1, Direction.SENDRECV), null);
        customer.sends(1, 2, 161, (byte) 1);
        assertThat(agent.heard).hasSize(1);
    }

    @Test
    void shouldNeitherHearStrangersNorCountThemAsAPeersSignOfLife() {
        givenJoined();
        customer.sends(1, 1, 1, (byte) 1);
        InetSocketAddress stranger = new InetSocketAddress("198.51.100.66", 666);
        for (int i = 0; i < SILENCE_MILLIS / 20; i++) {
            pass(20);
            customer.sendsPacket(0, false, 1, 2 + i, 161 + 160 * i, new byte[160], stranger);
            customer.sendsPacket(72, true, 1, 0, 0, new byte[160], stranger);
            customer.session.tick();
        }

        assertThat(told).containsExactly("joined", "lost customer");
        assertThat(agent.heard).hasSize(1);
        assertThat(counters.foreign.sum()).isEqualTo(2 * SILENCE_MILLIS / 20);
        assertThat(customer.heard).allMatch(packet -> packet.to.equals(CUSTOMER));
    }

    @Test
    void shouldTakeRtcpOfThePeerForASignOfLifeOnly() {
        long before = customer.session.heardNanos();
        pass(700);
        customer.sendsPacket(72, true, 1, 0, 0, new byte[16], CUSTOMER);

        assertThat(customer.session.heardNanos() - before).isEqualTo(700_000_000L);
        assertThat(counters.received.sum()).isZero();
    }

    @Test
    void shouldWatchTheSilenceOfAPeerOnHoldOnlyFromItsReturn() {
        customer.session.remote(new RemoteAudio(CUSTOMER, 0, -1, Direction.INACTIVE), null);
        pass(10 * SILENCE_MILLIS);
        customer.session.tick();
        assertThat(told).isEmpty();

        customer.session.remote(new RemoteAudio(CUSTOMER, 0, -1, Direction.SENDRECV), null);
        pass(SILENCE_MILLIS - 1);
        customer.session.tick();
        assertThat(told).isEmpty();
        pass(1);
        customer.session.tick();
        assertThat(told).containsExactly("lost customer");
    }

    @Test
    void shouldPassOnNoMoreOfAFloodThanTimeBrings() {
        givenJoined();
        for (int i = 0; i < 10 * 50 * 10; i++) {
            pass(2);
            customer.sends(1, i, 160 * i, (byte) 1);
        }

        int seconds = 10;
        assertThat(agent.heard).hasSizeBetween(seconds * 50, (2 + seconds * 3 / 2) * 50);
        assertThat(counters.excess.sum()).isEqualTo(10 * 50 * 10 - agent.heard.size());
    }

    @Test
    void shouldReportLostMediaOnce() {
        for (long passed = 0; passed < 10_000; passed += 20) {
            pass(20);
            customer.session.tick();
        }
        assertThat(told).containsExactly("lost customer");
        customer.sends(1, 1, 1, (byte) 1);
        pass(SILENCE_MILLIS - 20);
        customer.session.tick();
        assertThat(told).hasSize(1);
        pass(20);
        customer.session.tick();
        assertThat(told).hasSize(2);
    }

    @Test
    void shouldPlayASoundAFrameEach20Milliseconds() throws IOException {
        Path sound = sound(5 * 160 + 80);
        customer.session.play(sound, () -> told.add("played"));
        for (int i = 0; i < 6 + Playback.TAIL_FRAMES; i++) {
            assertThat(customer.heard).hasSize(i);
            assertThat(told).isEmpty();
            customer.session.tick();
            pass(20);
        }
        customer.session.tick();
        assertThat(told).containsExactly("played");
        assertThat(customer.heard.getFirst().marker).isTrue();
        assertThat(customer.heard.get(5).payload[79]).isEqualTo(G711.PCMU.encode((short) 4096));
        assertThat(customer.heard.get(5).payload[80]).isEqualTo(G711.PCMU.silence());
        for (int i = 1; i < 11; i++) {
            assertThat(customer.heard.get(i).timestamp - customer.heard.get(i - 1).timestamp)
                    .isEqualTo(160);
            assertThat(customer.heard.get(i).marker).isFalse();
        }
    }

    @Test
    void shouldSayDoneWhenItCannotPlay() {
        customer.session.play(directory.resolve("none.wav"), () -> told.add("played"));
        assertThat(told).containsExactly("played");
    }

    @Test
    void shouldSayDoneOnceWhenTheSessionCloses() throws IOException {
        customer.session.play(sound(8000), () -> told.add("played"));
        customer.session.tick();
        customer.session.close();
        customer.session.close();
        assertThat(told).containsExactly("played");
        assertThat(customer.closes).isEqualTo(1);
        customer.session.play(sound(8000), () -> told.add("refused"));
        assertThat(told).containsExactly("played", "refused");
    }

    @Test
    void shouldStopRelayingWhenParted() {
        givenJoined();
        agent.session.unjoin();
        customer.sends(1, 100, 800, (byte) 11);
        agent.sends(2, 200, 900, (byte) 22);
        assertThat(agent.heard).isEmpty();
        assertThat(customer.heard).isEmpty();
    }

    @Test
    void shouldRecordOnDemandOnlyWhileJoined() {
        customer.session.record(recordingOf(1));
        customer.session.join(agent.session, null, () -> told.add("joined"));
        assertThat(recorded).isEmpty();
        customer.session.record(recordingOf(2));
        assertThat(recorded).containsExactly(new CallId(2));
    }

    @Test
    void shouldRecordOnlyAfterBothHeardTheNotice() throws IOException {
        customer.session.join(agent.session, null, () -> told.add("joined"));
        customer.session.recordAfter(sound(2 * 160), recordingOf(1));
        customer.session.recordAfter(sound(2 * 160), recordingOf(1));
        for (int i = 0; i < 2 + Playback.TAIL_FRAMES; i++) {
            assertThat(recorded).isEmpty();
            customer.session.tick();
            agent.session.tick();
            pass(20);
        }
        assertThat(customer.heard).hasSize(2 + Playback.TAIL_FRAMES);
        assertThat(agent.heard).hasSize(2 + Playback.TAIL_FRAMES);
        customer.session.tick();
        agent.session.tick();
        assertThat(recorded).containsExactly(new CallId(1));
        customer.sends(1, 100, 800, (byte) 11);
        assertThat(agent.heard.getLast().payload).containsOnly(11);
    }

    @Test
    void shouldRecordNothingWhoseNoticeWasNotHeardToItsEnd() throws IOException {
        customer.session.join(agent.session, null, () -> told.add("joined"));
        customer.session.recordAfter(directory.resolve("none.wav"), recordingOf(1));
        customer.session.recordAfter(sound(8000), recordingOf(1));
        customer.session.tick();
        customer.session.unjoin();
        agent.session.tick();
        assertThat(recorded).isEmpty();
        assertThat(agent.heard).hasSize(1);
        assertThat(agent.heard.getFirst().payload).containsOnly(G711.PCMU.silence());
    }

    @Test
    void shouldNotBeginANoticeThatIsReadOnlyAfterTheCustomerWasPassedOn() throws IOException {
        List<Runnable> reads = new ArrayList<>();
        reader = reads::add;
        Peer second = new Peer("second", SECOND, G711.PCMU, -1);
        Path notice = sound(8000);
        customer.session.join(second.session, null, () -> {});
        customer.session.recordAfter(notice, recordingOf(2));
        customer.session.recordAfter(notice, recordingOf(2));
        assertThat(reads).as("one notice at a time").hasSize(1);
        customer.session.join(agent.session, null, () -> {});

        reads.removeFirst().run();
        agent.sends(2, 200, 900, (byte) 22);
        assertThat(customer.heard.getLast().payload).as("the agent, no notice").containsOnly(22);

        customer.session.recordAfter(notice, recordingOf(4));
        assertThat(reads).hasSize(1);
    }

    @Test
    void shouldRecordTheNextJoinWhenTheCustomerWasPassedOnWhileANoticeWasRead() throws IOException {
        List<Runnable> reads = new ArrayList<>();
        reader = reads::add;
        Peer second = new Peer("second", SECOND, G711.PCMU, -1);
        Path notice = sound(2 * 160);
        customer.session.join(second.session, null, () -> {});
        customer.session.recordAfter(notice, recordingOf(2));
        customer.session.join(agent.session, null, () -> {});
        customer.session.recordAfter(notice, recordingOf(3));
        assertThat(reads).as("a notice for each of the two").hasSize(2);

        reads.removeFirst().run();
        customer.session.recordAfter(notice, recordingOf(3));
        assertThat(reads).as("that of the second is still being read").hasSize(1);
        reads.removeFirst().run();
        for (int i = 0; i <= 2 + Playback.TAIL_FRAMES; i++) {
            assertThat(recorded).isEmpty();
            customer.session.tick();
            agent.session.tick();
            pass(20);
        }
        assertThat(agent.heard).as("the notice, once").hasSize(2 + Playback.TAIL_FRAMES);
        assertThat(recorded).containsExactly(new CallId(3));
    }

    @Test
    void shouldLayTheWarningToneOverWhatTheAgentHearsAndNobodyElse() {
        givenJoined();
        byte speech = G711.PCMU.encode((short) 2000);
        customer.session.warnAgent();
        int frames = WarningTone.LENGTH_SAMPLES / 160;
        for (int i = 0; i <= frames; i++) {
            customer.sends(1, 100 + i, 800 + 160 * i, speech);
            agent.sends(2, 200 + i, 900 + 160 * i, (byte) 22);
            pass(20);
            agent.session.tick();
        }
        assertThat(agent.heard).hasSize(frames + 1);
        assertThat(zeroCrossings(agent.heard.get(1).payload, 2000)).isBetween(38, 42);
        assertThat(agent.heard.get(15).payload).as("between the beeps").containsOnly(speech);
        assertThat(zeroCrossings(agent.heard.get(22).payload, 2000)).isBetween(38, 42);
        assertThat(agent.heard.get(frames).payload).as("after the tone").containsOnly(speech);
        assertThat(customer.heard).allSatisfy(heard -> assertThat(heard.payload).containsOnly(22));
    }

    @Test
    void shouldPlayTheWarningToneByItselfWhileTheCustomerSendsNothing() {
        givenJoined();
        customer.sends(1, 100, 800, (byte) 11);
        pass(20);
        customer.session.warnAgent();
        int frames = WarningTone.LENGTH_SAMPLES / 160;
        for (int i = 0; i < frames + 10; i++) {
            agent.session.tick();
            pass(20);
        }
        assertThat(agent.heard).hasSize(1 + frames);
        assertThat(zeroCrossings(agent.heard.get(2).payload, 0)).isBetween(38, 42);
        for (int i = 2; i <= frames; i++) {
            assertThat(agent.heard.get(i).timestamp - agent.heard.get(i - 1).timestamp)
                    .isEqualTo(160);
        }
    }

    @Test
    void shouldNotGoOnWithTheToneForTheNextCustomer() {
        givenJoined();
        customer.session.warnAgent();
        customer.session.unjoin();
        Peer second = new Peer("second", SECOND, G711.PCMU, -1);
        second.session.join(agent.session, null, () -> {});
        second.sends(9, 3, 5, (byte) 12);
        assertThat(agent.heard.getLast().payload).containsOnly(12);
    }

    @Test
    void shouldListenForThePeersFirstWordsAlsoOnceJoined() {
        long answered = now;
        List<String> heard = new ArrayList<>();
        customer.session.awaitGreeting(new GreetingListener() {
            @Override
            public void greetingBegan(long atNanos) {
                heard.add("began " + (atNanos - answered) / 1_000_000);
            }

            @Override
            public void greetingEnded(long atNanos) {
                heard.add("ended " + (atNanos - answered) / 1_000_000);
            }
        });
        byte loud = G711.PCMU.encode((short) 5_000);
        int packets = 0;
        for (; packets < 20; packets++) {
            pass(20);
            customer.sends(1, 100 + packets, 160 * packets, packets < 5 ? G711.PCMU.silence() : loud);
        }
        assertThat(heard).containsExactly("began 100");
        givenJoined();
        agent.sends(2, 200, 900, loud);
        for (int i = 0; i < 40; i++) {
            pass(20);
            customer.session.tick();
        }
        assertThat(heard).containsExactly("began 100", "ended 400");
    }

    /** How often the samples cross a level; a tone of 1,000 Hz does it 40 times in 20 ms. */
    private static int zeroCrossings(byte[] payload, int level) {
        int crossings = 0;
        boolean above = G711.PCMU.decode(payload[0]) >= level;
        for (byte code : payload) {
            boolean now = G711.PCMU.decode(code) >= level;
            crossings += now == above ? 0 : 1;
            above = now;
        }
        return crossings;
    }

    private void givenJoined() {
        customer.session.join(agent.session, recordingOf(1), () -> told.add("joined"));
    }

    private RecordingStart recordingOf(int call) {
        return _ -> {
            recorded.add(new CallId(call));
            return null;
        };
    }

    private void pass(long millis) {
        now += millis * 1_000_000;
    }

    private Path sound(int samples) throws IOException {
        return TestSound.level(directory.resolve(samples + ".wav"), 4096, samples);
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
    private record Heard(
            InetSocketAddress to,
            int payloadType,
            boolean marker,
            int sequence,
            int timestamp,
            int ssrc,
            byte[] payload) {}

    /** A far end: what its session sends it, and a way to send. */
    private final class Peer implements RtpOutput {
        final List<Heard> heard = new ArrayList<>();
        final MediaSession session;
        final InetSocketAddress address;
        final G711 law;
        int closes;

        Peer(String name, InetSocketAddress address, G711 law, int eventPayloadType) {
            this.address = address;
            this.law = law;
            session = new MediaSession(name, LOCAL, this, around, new Random(3), null, () -> told.add("lost " + name));
            session.remote(new RemoteAudio(address, law.payloadType(), eventPayloadType, Direction.SENDRECV), null);
        }

        void sends(int ssrc, int sequence, int timestamp, byte code) {
            byte[] payload = new byte[160];
            Arrays.fill(payload, code);
            sendsPacket(law.payloadType(), false, ssrc, sequence & 0xFFFF, timestamp, payload, address);
        }

        void sendsPacket(
                int payloadType,
                boolean marker,
                int ssrc,
                int sequence,
                int timestamp,
                byte[] payload,
                InetSocketAddress from) {
            ByteBuf buffer = Unpooled.buffer().writeZero(12).writeBytes(payload);
            RtpPacket.setHeader(buffer, 0, (marker ? 0x80 : 0) | payloadType, sequence, timestamp, ssrc);
            session.received(buffer, from);
        }

        @Override
        public ByteBuf allocate(int bytes) {
            return Unpooled.buffer(bytes, bytes);
        }

        @Override
        public void send(ByteBuf packet, InetSocketAddress to) {
            RtpPacket header = new RtpPacket();
            assertThat(header.parse(packet)).isTrue();
            byte[] payload = new byte[header.payloadLength()];
            packet.getBytes(header.payloadIndex(), payload);
            heard.add(new Heard(
                    to,
                    header.payloadType(),
                    header.marker(),
                    header.sequence(),
                    header.timestamp(),
                    header.ssrc(),
                    payload));
            packet.release();
        }

        @Override
        public void close() {
            closes++;
        }
    }
}
