package org.paceline.sip.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.sip.audio.G711;

/** The recorder's rounds, run by the test; files are read back with the JDK's reader. */
class RecorderTest {

    private static final long START = 9_000_000_000L;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T23:59:00Z"), ZoneOffset.UTC);
    private static final CampaignId CAMPAIGN = new CampaignId("spring");
    private static final short LOUD = G711.PCMU.decode(G711.PCMU.encode((short) 8000));
    private static final short SOFT = G711.PCMU.decode(G711.PCMU.encode((short) 300));

    @TempDir
    Path directory;

    private final List<RecordingFile> closed = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private long now = START;
    private Recorder recorder;

    @BeforeEach
    void givenARecorder() {
        recorder = recorder(1024);
    }

    @Test
    void shouldWriteBothSidesAlignedOnTheirArrival() throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        pass(100);
        hear(tap, true, 1000, LOUD);
        pass(100);
        hear(tap, false, 77_000, SOFT);
        pass(300);
        tap.close(now);
        short[][] audio = read(thenClosed());

        assertThat(audio[0]).hasSize(4000);
        thenFilled(audio[0], 800, 960, LOUD);
        thenFilled(audio[1], 1600, 1760, SOFT);
        assertThat(closed.getFirst().millis()).isEqualTo(500);
        assertThat(closed.getFirst().complete()).isTrue();
        assertThat(closed.getFirst().bytes()).isEqualTo(44 + 4000 * 4);
        assertThat(closed.getFirst().path())
                .isEqualTo(directory.resolve("spring/2026-11-22/7.wav").toString());
        assertThat(directory.resolve("spring/2026-11-22/7.wav.part")).doesNotExist();
    }

    @Test
    void shouldPlacePacketsByTimestampWhateverTheirJitterAndOrder() throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        hear(tap, true, 0, (short) 500);
        pass(70);
        hear(tap, true, 320, (short) 700);
        hear(tap, true, 160, (short) 600);
        pass(10);
        hear(tap, true, 640, (short) 800);
        tap.close(now);
        short[] left = read(thenClosed())[0];
        assertThat(left[80]).isEqualTo(coded(500));
        assertThat(left[240]).isEqualTo(coded(600));
        assertThat(left[400]).isEqualTo(coded(700));
        assertThat(left[560]).as("the gap").isZero();
        assertThat(left[720]).isEqualTo(coded(800));
        assertThat(left).hasSize(800);
    }

    @Test
    void shouldFillALongGapAndDropWhatComesTooLate() throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        hear(tap, true, 0, LOUD);
        pass(10_000);
        hear(tap, true, 80_000, LOUD);
        recorder.work(now);
        hearAt(tap, false, 0, SOFT, now - 5_000_000_000L);
        pass(20);
        tap.close(now);
        short[][] audio = read(thenClosed());
        assertThat(audio[0]).hasSize(80_160);
        thenFilled(audio[0], new int[] {0, 80_000}, 160, LOUD);
        assertThat(audio[1]).containsOnly(0);
        assertThat(closed.getFirst().complete()).isTrue();
    }

    @Test
    void shouldFollowASourceThatBeginsAnew() throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        hear(tap, true, 0, LOUD);
        pass(500);
        hear(tap, true, 1_000_000_000, LOUD);
        pass(20);
        hear(tap, true, 1_000_000_160, LOUD);
        pass(20);
        tap.close(now);
        short[] left = read(thenClosed())[0];
        assertThat(left).hasSize(4320);
        thenFilled(left, new int[] {0, 4000, 4160}, 160, LOUD);
    }

    @Test
    void shouldNotGrowPastTheClockInAFloodAndKeepTheOtherSideInPlace() throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        for (int i = 0; i < 500; i++) {
            for (int burst = 0; burst < 10; burst++) {
                hear(tap, true, (10 * i + burst) * 160, LOUD);
            }
            hear(tap, false, i * 160, (short) (i % 30 * 100));
            pass(20);
            recorder.work(now);
        }
        tap.close(now);
        short[][] audio = read(thenClosed());
        assertThat(audio[0]).hasSizeBetween(80_000, 81_600);
        for (int i = 0; i < 500; i++) {
            assertThat(audio[1][160 * i + 80]).isEqualTo(coded(i % 30 * 100));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000 * 3_600, -8_000 * 3_600, 40_000, -40_000, 100_000_007})
    void shouldNotGrowPastTheClockWhenTimestampsJump(int jump) throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        for (int i = 0; i < 500; i++) {
            hear(tap, true, i * 160 + i / 3 * jump, LOUD);
            hear(tap, false, i * 160, SOFT);
            pass(20);
            recorder.work(now);
        }
        tap.close(now);
        short[][] audio = read(thenClosed());
        assertThat(audio[0]).hasSizeBetween(80_000, 81_600);
        assertThat(audio[0][79_000]).as("the last words are heard").isEqualTo(LOUD);
        assertThat(audio[1]).startsWith(SOFT).contains(SOFT, Index.atIndex(79_999));
    }

    @Test
    void shouldTakeABurstAfterAStallForTheTimeOfItsArrival() throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        hear(tap, true, 0, SOFT);
        pass(3_000);
        for (int i = 1; i <= 150; i++) {
            hear(tap, true, i * 160, LOUD);
        }
        pass(2_000);
        tap.close(now);
        short[] left = read(thenClosed())[0];
        assertThat(left).hasSize(40_000);
        thenFilled(Arrays.copyOf(left, 24_000), 0, 160, SOFT);
    }

    @Test
    void shouldKeepEachRecordingOfACallThatIsRecordedTwice() throws Exception {
        RecordingTap first = recorder.open(new CallId(7), CAMPAIGN, now);
        hear(first, true, 0, LOUD);
        recorder.work(now);
        pass(100);
        first.close(now);
        RecordingTap second = recorder.open(new CallId(7), CAMPAIGN, now);
        hear(second, true, 800, SOFT);
        recorder.work(now);
        pass(100);
        second.close(now);
        recorder.work(now);
        recorder.work(now);

        assertThat(closed)
                .extracting(file -> Path.of(file.path()).getFileName().toString())
                .containsExactly("7.wav", "7-2.wav");
        assertThat(read(closed.get(0))[0][80]).isEqualTo(LOUD);
        assertThat(read(closed.get(1))[0][80]).isEqualTo(SOFT);
    }

    @Test
    void shouldRecordALongCallThroughManyWindows() throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        for (int i = 0; i < 1000; i++) {
            hear(tap, true, i * 160, (short) (i % 50 * 100));
            hear(tap, false, i * 160, (short) (i % 30 * -100));
            pass(20);
            recorder.work(now);
        }
        tap.close(now);
        short[][] audio = read(thenClosed());
        assertThat(audio[0]).hasSize(160_000);
        for (int i = 0; i < 1000; i++) {
            assertThat(audio[0][i * 160 + 80]).isEqualTo(coded(i % 50 * 100));
            assertThat(audio[1][i * 160 + 80]).isEqualTo(coded(i % 30 * -100));
        }
    }

    @Test
    void shouldMarkARecordingIncompleteWhenTheQueueWasFull() throws Exception {
        recorder = recorder(4);
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        for (int i = 0; i < 6; i++) {
            hear(tap, true, i * 160, LOUD);
            pass(20);
        }
        tap.close(now);
        RecordingFile file = thenClosed();
        assertThat(file.complete()).isFalse();
        assertThat(recorder.droppedPackets()).isEqualTo(2);
        thenFilled(read(file)[0], 0, 640, LOUD);
    }

    @Test
    void shouldKeepRecordingsOfCallsApart() throws Exception {
        RecordingTap one = recorder.open(new CallId(1), CAMPAIGN, now);
        RecordingTap two = recorder.open(new CallId(2), new CampaignId("../../etc"), now);
        hear(one, true, 0, LOUD);
        hear(two, true, 0, SOFT);
        pass(20);
        one.close(now);
        two.close(now);
        recorder.work(now);
        recorder.work(now);
        assertThat(closed).hasSize(2);
        thenFilled(read(closed.get(0))[0], 0, 160, LOUD);
        thenFilled(read(closed.get(1))[0], 0, 160, SOFT);
        assertThat(Path.of(closed.get(1).path()).normalize()).startsWith(directory);
    }

    @Test
    void shouldSayThatRecordingsCannotBeWrittenAndWhenTheyCanAgain() throws IOException {
        Path mount = directory.resolve("mount");
        recorder = new Recorder(
                new RecordingsDirectory(mount, CLOCK, 0), 16, (_, file) -> closed.add(file), this::changed, null);
        recorder.work(now);
        assertThat(changes).containsExactly("recordings=" + mount + ": no such directory; create it or mount it");
        pass(10_000);
        recorder.work(now);
        assertThat(changes).hasSize(1);
        Files.createDirectory(mount);
        pass(10_000);
        recorder.work(now);
        assertThat(changes).hasSize(2).last().isEqualTo("fine");
    }

    @Test
    void shouldReportTooLittleSpace() {
        recorder = new Recorder(
                new RecordingsDirectory(directory, CLOCK, Long.MAX_VALUE), 16, (_, _) -> {}, this::changed, null);
        recorder.work(now);
        assertThat(changes).hasSize(1).first().asString().contains("MiB free, must be at least");
    }

    @Test
    void shouldReportAFileThatCannotBeMadeAtOnce() throws IOException {
        recorder.work(now);
        Files.writeString(directory.resolve("spring"), "a file where the campaign's folder belongs");
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        hear(tap, true, 0, LOUD);
        recorder.work(now);
        assertThat(changes).hasSize(2).last().asString().contains("cannot be written");
        tap.close(now);
        recorder.work(now);
        assertThat(closed).isEmpty();
        pass(10_000);
        recorder.work(now);
        assertThat(changes).as("the folder still cannot be written").hasSize(2);
        Files.delete(directory.resolve("spring"));
        pass(10_000);
        recorder.work(now);
        assertThat(changes).hasSize(3).last().isEqualTo("fine");
    }

    @Test
    void shouldKeepWhatItHasOfARecordingWhoseWritesFail() throws Exception {
        Path path = directory.resolve("7.wav");
        FileChannel disk =
                FileChannel.open(Recording.partOf(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Recording recording = new Recording(path, now, new StereoWavFile(disk), Recording.newBlock());
        PacketRing.Slot<RecordingTap> slot = new PacketRing.Slot<>();
        slot.customer = true;
        slot.length = 160;
        for (int second = 0; second < 8; second++) {
            slot.timestamp = second * 8000;
            slot.nanos = now + second * 1_000_000_000L;
            recording.packet(slot);
            if (second == 4) {
                assertThat(recording.failure()).isNull();
                disk.close();
            }
        }
        assertThat(recording.failure()).isNotNull();
        RecordingFile file = recording.close(now + 8_000_000_000L, 0);
        assertThat(file.complete()).isFalse();
        assertThat(file.millis()).isBetween(1_000L, 5_000L);
        assertThat(file.bytes()).isEqualTo(44 + file.millis() * 32);
    }

    @Test
    void shouldLeaveOnlyAPartWhileTheCallIsOn() throws Exception {
        RecordingTap tap = recorder.open(new CallId(7), CAMPAIGN, now);
        hear(tap, true, 0, LOUD);
        recorder.work(now);
        Path folder = directory.resolve("spring/2026-11-22");
        assertThat(folder.resolve("7.wav.part")).exists();
        assertThat(folder.resolve("7.wav")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("7.wav.part"))))
                .as("calls are nobody else's business")
                .isEqualTo("rw-r-----");
        tap.close(now);
        thenClosed();
    }

    @Test
    void shouldTellAFaultWhileItsThreadTakesNoTurn() {
        recorder.work(now);
        lookFor(2_900);
        recorder.work(now);
        lookFor(2_900);
        assertThat(changes).as("late, but not too late").containsExactly("fine");
        lookFor(200);
        assertThat(changes).hasSize(2).last().asString().contains("the recorder hangs: no sign of life for 3 s");
        lookFor(10_000);
        assertThat(changes).as("told once").hasSize(2);
        recorder.work(now);
        lookFor(20);
        assertThat(changes).hasSize(3).last().isEqualTo("fine");
    }

    @Test
    void shouldTellAFaultWhenItsThreadNeverTookATurn() {
        lookFor(3_100);
        assertThat(changes).hasSize(1).first().asString().contains("the recorder hangs");
    }

    @Test
    void shouldTellWhatIsWrongWithTheFolderAgainWhenTheThreadGoesOn() throws IOException {
        Path mount = directory.resolve("mount");
        recorder = new Recorder(
                new RecordingsDirectory(mount, CLOCK, 0), 1024, (_, file) -> closed.add(file), this::changed, null);
        recorder.work(now);
        lookFor(3_100);
        recorder.work(now);
        lookFor(20);
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1)).contains("the recorder hangs");
        assertThat(changes.get(2)).isEqualTo(changes.get(0)).contains("no such directory");
        Files.createDirectory(mount);
        pass(3_000);
        recorder.work(now);
        assertThat(changes).hasSize(4).last().isEqualTo("fine");
    }

    @Test
    void shouldNotTakeAProcessThatStoodStillForARecorderThatHangs() {
        recorder.work(now);
        lookFor(100);
        pass(60_000);
        recorder.look(now);
        assertThat(changes).containsExactly("fine");
    }

    /** As the media loop does, every 20 ms. */
    private void lookFor(long millis) {
        for (long end = now + millis * 1_000_000; now < end; ) {
            pass(20);
            recorder.look(now);
        }
    }

    private Recorder recorder(int slots) {
        return new Recorder(
                new RecordingsDirectory(directory, CLOCK, 0),
                slots,
                (_, file) -> closed.add(file),
                this::changed,
                null);
    }

    private void changed(String reason) {
        changes.add(reason == null ? "fine" : reason);
    }

    private void hear(RecordingTap tap, boolean customer, int timestamp, short sample) {
        hearAt(tap, customer, timestamp, sample, now);
    }

    private static void hearAt(RecordingTap tap, boolean customer, int timestamp, short sample, long nanos) {
        ByteBuf payload = Unpooled.buffer();
        for (int i = 0; i < 160; i++) {
            payload.writeByte(G711.PCMU.encode(sample));
        }
        tap.packet(customer, 42, timestamp, G711.PCMU, payload, 0, 160, nanos);
    }

    /** Two rounds, for a call that began and ended since the last one. */
    private RecordingFile thenClosed() {
        recorder.work(now);
        recorder.work(now);
        assertThat(closed).hasSize(1);
        return closed.getFirst();
    }

    private void pass(long millis) {
        now += millis * 1_000_000;
    }

    private static short coded(int sample) {
        return G711.PCMU.decode(G711.PCMU.encode((short) sample));
    }

    private static void thenFilled(short[] audio, int from, int to, short sample) {
        thenFilled(audio, new int[] {from}, to - from, sample);
    }

    private static void thenFilled(short[] audio, int[] starts, int length, short sample) {
        short[] expected = new short[audio.length];
        for (int start : starts) {
            Arrays.fill(expected, start, start + length, sample);
        }
        assertThat(audio).isEqualTo(expected);
    }

    /** @return left and right */
    private static short[][] read(RecordingFile file) throws IOException, UnsupportedAudioFileException {
        try (AudioInputStream in =
                AudioSystem.getAudioInputStream(Path.of(file.path()).toFile())) {
            assertThat(in.getFormat().matches(new AudioFormat(8000, 16, 2, true, false)))
                    .isTrue();
            byte[] bytes = in.readAllBytes();
            assertThat((long) bytes.length / 4).isEqualTo(in.getFrameLength());
            ByteBuffer samples = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            short[][] audio = new short[2][bytes.length / 4];
            for (int i = 0; i < audio[0].length; i++) {
                audio[0][i] = samples.getShort();
                audio[1][i] = samples.getShort();
            }
            return audio;
        }
    }
}
