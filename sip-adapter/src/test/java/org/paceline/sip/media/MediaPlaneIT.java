package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.audio.G711;
import org.paceline.sip.audio.TestSound;
import org.paceline.sip.sdp.Direction;
import org.paceline.sip.sdp.RemoteAudio;

/** The plane with real sockets on loopback. */
class MediaPlaneIT {

    private static final CampaignId CAMPAIGN = new CampaignId("spring");

    /** Below those that the system gives out by itself. */
    private static final int FIRST_PORT = 21_300;

    private static final MediaSettings TWO_PORTS = new MediaSettings(FIRST_PORT, FIRST_PORT + 3, null, 0);

    @TempDir
    Path directory;

    private final Listener listener = new Listener();
    private MediaPlane plane;
    private Far customer;
    private Far agent;

    @BeforeEach
    void givenTwoOpenSessions() throws IOException {
        plane = new MediaPlane(
                "127.0.0.1", new MediaSettings(0, 0, directory, 500), listener, ThreadWatch.endingTheProcess());
        customer = new Far("customer", 0);
        agent = new Far("agent", 8);
    }

    @AfterEach
    void close() {
        plane.close();
        customer.socket.close();
        agent.socket.close();
    }

    @Test
    void shouldRelayBothWaysAndRecord() throws Exception {
        var joined = new CompletableFuture<Boolean>();
        customer.session.join(agent.session, plane.recordingOf(new CallId(5), CAMPAIGN), () -> joined.complete(true));
        joined.get(5, TimeUnit.SECONDS);
        for (int i = 0; i < 10; i++) {
            customer.send(i, (short) 8000);
            assertThat((int) agent.hear()).isBetween(7500, 8500);
            agent.send(i, (short) -4000);
            assertThat((int) customer.hear()).isBetween(-4500, -3500);
        }
        assertThat(plane.stats().received()).isEqualTo(20);
        assertThat(plane.stats().sent()).isGreaterThanOrEqualTo(20);
        customer.session.close();
        RecordingFile file = listener.recording.get(10, TimeUnit.SECONDS);
        assertThat(file.complete()).isTrue();
        assertThat(Files.size(Path.of(file.path()))).isEqualTo(file.bytes()).isGreaterThan(44 + 160 * 4);
        assertThat(listener.changes).containsExactly("fine");
        await().until(() -> plane.stats().sessions() == 1);
    }

    @Test
    void shouldPlayASoundInAboutItsOwnTime() throws Exception {
        Path sound = TestSound.level(directory.resolve("sorry.wav"), 4000, 8000);
        var done = new CompletableFuture<Long>();
        long start = System.nanoTime();
        customer.session.play(sound, () -> done.complete(System.nanoTime()));
        int loud = 0;
        while (loud < 50) {
            if (customer.hear() > 3000) {
                loud++;
            }
        }
        long millis = (done.get(10, TimeUnit.SECONDS) - start) / 1_000_000;
        assertThat(millis).as("1 s of sound, 0.1 s of silence").isGreaterThanOrEqualTo(1060);
    }

    @Test
    void shouldReportLostMediaAndCloseRecordingsAtTheEnd() throws Exception {
        customer.session.join(agent.session, plane.recordingOf(new CallId(6), CAMPAIGN), () -> {});
        await().until(() -> listener.lost.size() == 2);
        assertThat(listener.lost).containsExactlyInAnyOrder("customer", "agent");
        plane.close();
        assertThat(listener.recording.get(1, TimeUnit.SECONDS).complete()).isTrue();
        var refused = new CompletableFuture<Boolean>();
        customer.session.join(agent.session, null, () -> refused.complete(true));
        assertThat(refused).isNotDone();
    }

    @Test
    void shouldReportARecorderThatHangsAndOneThatGoesOn() throws Exception {
        listener.hold = new CountDownLatch(1);
        customer.session.join(agent.session, plane.recordingOf(new CallId(5), CAMPAIGN), () -> {});
        customer.session.close();
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(listener.changes)
                        .hasSize(2)
                        .last()
                        .asString()
                        .contains("the recorder hangs"));
        listener.hold.countDown();
        await().untilAsserted(
                        () -> assertThat(listener.changes).hasSize(3).last().isEqualTo("fine"));
    }

    @Test
    void shouldSetPortsOfOtherProgramsAsideAndTakeThemWhenTheyAreFree() throws IOException {
        Listener told = new Listener();
        DatagramSocket other = new DatagramSocket(FIRST_PORT, InetAddress.getLoopbackAddress());
        try (MediaPlane small = new MediaPlane("127.0.0.1", TWO_PORTS, told, ThreadWatch.endingTheProcess())) {
            assertThat(told.ports).containsExactly("1 usable, 1 held");
            assertThat(small.open("only", () -> {}).local().getPort()).isEqualTo(FIRST_PORT + 2);
            assertThatThrownBy(() -> small.open("second", () -> {})).hasMessageContaining("are used up (open=1)");

            other.close();
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(
                            () -> assertThat(told.ports).containsExactly("1 usable, 1 held", "2 usable, 0 held"));
            assertThat(small.open("second", () -> {}).local().getPort()).isEqualTo(FIRST_PORT);
        } finally {
            other.close();
        }
    }

    @Test
    void shouldFindThatAPortIsTakenWhenItBindsIt() throws IOException {
        Listener told = new Listener();
        try (MediaPlane small = new MediaPlane("127.0.0.1", TWO_PORTS, told, ThreadWatch.endingTheProcess());
                DatagramSocket other = new DatagramSocket(FIRST_PORT, InetAddress.getLoopbackAddress())) {
            assertThat(small.open("only", () -> {}).local().getPort()).isEqualTo(FIRST_PORT + 2);
            assertThat(told.ports).containsExactly("2 usable, 0 held", "1 usable, 1 held");
            assertThat(other.isBound()).isTrue();
        }
    }

    @Test
    void shouldSayWhenItsPortsAreUsedUp() throws IOException {
        int port;
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort() & ~1;
        }
        var settings = new MediaSettings(port, port + 1, null, 0);
        try (MediaPlane small = new MediaPlane("127.0.0.1", settings, new Listener(), ThreadWatch.endingTheProcess())) {
            MediaSession only = small.open("only", () -> {});
            assertThat(only.local().getPort()).isEqualTo(port);
            assertThatThrownBy(() -> small.open("second", () -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("RTP ports " + port + "-" + (port + 1) + " on 127.0.0.1 are used up (open=1):"
                            + " widen media.first-port and media.last-port");
            only.close();
            await().untilAsserted(() -> small.open("third", () -> {}));
        }
    }

    /** A far end with its own plain socket, PCMU or PCMA. */
    private final class Far {
        final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        final MediaSession session;
        final G711 law;
        private final RtpPacket packet = new RtpPacket();

        Far(String name, int payloadType) throws IOException {
            socket.setSoTimeout(5_000);
            law = payloadType == 0 ? G711.PCMU : G711.PCMA;
            session = plane.open(name, () -> listener.lost.add(name));
            session.remote(
                    new RemoteAudio(
                            (InetSocketAddress) socket.getLocalSocketAddress(), payloadType, -1, Direction.SENDRECV),
                    null);
        }

        void send(int index, short sample) throws IOException {
            ByteBuf buffer = Unpooled.buffer().writeZero(12);
            RtpPacket.setHeader(buffer, 0, law.payloadType(), index, index * 160, 77);
            byte[] payload = new byte[160];
            Arrays.fill(payload, law.encode(sample));
            buffer.writeBytes(payload);
            socket.send(new DatagramPacket(buffer.array(), 172, session.local()));
        }

        /** @return a sample of the next packet that is not silence */
        short hear() throws IOException {
            byte[] bytes = new byte[2000];
            DatagramPacket datagram = new DatagramPacket(bytes, bytes.length);
            while (true) {
                try {
                    socket.receive(datagram);
                } catch (SocketTimeoutException e) {
                    throw new AssertionError("nothing heard in 5 s", e);
                }
                ByteBuf buffer = Unpooled.wrappedBuffer(bytes, 0, datagram.getLength());
                assertThat(packet.parse(buffer)).isTrue();
                assertThat(packet.payloadType()).isEqualTo(law.payloadType());
                short sample = law.decode(buffer.getByte(packet.payloadIndex()));
                if (Math.abs(sample) > 100) {
                    return sample;
                }
            }
        }
    }

    private static final class Listener implements MediaListener {
        final List<String> lost = new CopyOnWriteArrayList<>();
        final List<String> changes = new CopyOnWriteArrayList<>();
        final CompletableFuture<RecordingFile> recording = new CompletableFuture<>();
        final List<String> ports = new CopyOnWriteArrayList<>();
        volatile CountDownLatch hold = new CountDownLatch(0);

        @Override
        public void portsChanged(int usable, int heldByOthers) {
            ports.add(usable + " usable, " + heldByOthers + " held");
        }

        @Override
        public void recordingClosed(CallId call, RecordingFile file) {
            recording.complete(file);
            try {
                if (!hold.await(60, TimeUnit.SECONDS)) {
                    throw new AssertionError("held for ever");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void recorderChanged(@Nullable String reason) {
            changes.add(reason == null ? "fine" : reason);
        }
    }
}
