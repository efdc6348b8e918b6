package org.paceline.sip.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
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

    @Test
    void shouldSayWhatIsWrongAndWhatWouldBeRight() throws IOException {
        Path stereo = write(new AudioFormat(44100, 16, 2, true, false), new byte[8]);
        assertThatThrownBy(() -> WavAudio.check(stereo))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(stereo.toString())
                .hasMessageContaining("channels=2 rate=44100: must be 8000 Hz mono PCM16, µ-law or A-law");
        Path none = directory.resolve("none.wav");
        assertThatThrownBy(() -> WavAudio.check(none)).hasMessage(none + ": no such file");
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

    private Path write(AudioFormat format, byte[] bytes) throws IOException {
        Path file = directory.resolve("sound-" + format.getEncoding() + format.getChannels() + ".wav");
        return TestSound.write(file, format, bytes);
    }
}
