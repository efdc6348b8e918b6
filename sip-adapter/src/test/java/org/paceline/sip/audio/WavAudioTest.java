package org.paceline.sip.audio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On files that the JDK wrote. */
class WavAudioTest {

    @TempDir
    Path directory;

    @Test
    void shouldReadLinearSamples() throws IOException {
        Path file = write(new AudioFormat(8000, 16, 1, true, false), new byte[] {1, 0, (byte) 0xFE, (byte) 0xFF, 0, 2});
        WavAudio audio = WavAudio.read(file);
        assertThat(audio.length()).isEqualTo(3);
        assertThat(audio.sample(0)).isEqualTo((short) 1);
        assertThat(audio.sample(1)).isEqualTo((short) -2);
        assertThat(audio.sample(2)).isEqualTo((short) 512);
        assertThat(audio.sample(3)).isZero();
    }

    @Test
    void shouldReadBothLaws() throws IOException {
        for (G711 law : G711.values()) {
            var encoding = law == G711.PCMU ? AudioFormat.Encoding.ULAW : AudioFormat.Encoding.ALAW;
            Path file = write(new AudioFormat(encoding, 8000, 8, 1, 1, 8000, false), new byte[] {3, 77, -9});
            WavAudio audio = WavAudio.read(file);
            assertThat(audio.length()).isEqualTo(3);
            assertThat(audio.sample(1)).isEqualTo(law.decode((byte) 77));
        }
    }

    /** The JDK takes none of these; it is why the chunks are read by ourselves. */
    @Test
    void shouldReadBothLawsInTheExtensibleFormat() throws IOException {
        for (G711 law : G711.values()) {
            Path file = directory.resolve("extensible.wav");
            Files.write(file, extensible(law == G711.PCMU ? 7 : 6, 3, new byte[] {3, 77, -9}));
            WavAudio audio = WavAudio.read(file);
            assertThat(audio.length()).isEqualTo(3);
            assertThat(audio.sample(1)).isEqualTo(law.decode((byte) 77));
            assertThatThrownBy(() -> AudioSystem.getAudioInputStream(file.toFile()))
                    .isInstanceOf(UnsupportedAudioFileException.class);
        }
    }

    @Test
    void shouldReadUpToTheEndWhenTheSizeIsUnknownOrTheFileIsCutShort() throws IOException {
        for (int size : new int[] {0xFFFF_FFFF, 1_000}) {
            Path file = directory.resolve("streamed.wav");
            Files.write(file, extensible(7, size, new byte[] {3, 77, -9}));
            assertThat(WavAudio.read(file).length()).isEqualTo(3);
        }
    }

    @Test
    void shouldSayWhatIsWrongAndWhatWouldBeRight() throws IOException {
        Path stereo = write(new AudioFormat(44100, 16, 2, true, false), new byte[8]);
        assertThatThrownBy(() -> WavAudio.check(stereo))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(stereo.toString())
                .hasMessageContaining("channels=2 rate=44100: must be 8000 Hz mono PCM16, µ-law or A-law");
        Path none = directory.resolve("none.wav");
        assertThatThrownBy(() -> WavAudio.check(none)).hasMessage(none + ": no such file");
        assertThatThrownBy(() -> WavAudio.check(directory))
                .hasMessage(directory + ": no regular file: must be a WAV file");
        Path text = Files.writeString(directory.resolve("text.wav"), "not a sound at all");
        assertThatThrownBy(() -> WavAudio.check(text)).hasMessageContaining("not a RIFF/WAVE file");
        Path empty = write(new AudioFormat(8000, 16, 1, true, false), new byte[0]);
        assertThatThrownBy(() -> WavAudio.check(empty)).hasMessageContaining("has no samples");
    }

    @Test
    void shouldRefuseAnyBrokenFileInOneLine() throws IOException {
        byte[] good = Files.readAllBytes(write(new AudioFormat(8000, 16, 1, true, false), new byte[64]));
        Random random = new Random(20261122);
        Path file = directory.resolve("broken.wav");
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length));
            for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            try {
                WavAudio.check(file);
            } catch (IOException e) {
                assertThat(e.getMessage())
                        .as("round %d", round)
                        .startsWith(file.toString())
                        .doesNotContain("\n");
            }
        }
    }

    /** A file in {@code WAVE_FORMAT_EXTENSIBLE} with 8 bits a sample: its format is in the first two bytes of a GUID. */
    private static byte[] extensible(int format, int dataSize, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(68 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(US_ASCII)).putInt(60 + data.length).put("WAVEfmt ".getBytes(US_ASCII));
        file.putInt(40)
                .putShort((short) 0xFFFE)
                .putShort((short) 1)
                .putInt(8000)
                .putInt(8000);
        file.putShort((short) 1).putShort((short) 8);
        file.putShort((short) 22).putShort((short) 8).putInt(4).putShort((short) format);
        file.put(HexFormat.of().parseHex("000000001000800000aa00389b71"));
        return file.put("data".getBytes(US_ASCII)).putInt(dataSize).put(data).array();
    }

    private Path write(AudioFormat format, byte[] bytes) throws IOException {
        Path file = directory.resolve("sound-" + format.getEncoding() + format.getChannels() + ".wav");
        return TestSound.write(file, format, bytes);
    }
}
