package org.paceline.sip.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against the JDK's own codecs, which were written by others. */
class G711Test {

    @ParameterizedTest
    @EnumSource
    void shouldDecodeEveryCodeAsTheReferenceDoes(G711 law) throws IOException {
        byte[] codes = new byte[256];
        for (int code = 0; code < 256; code++) {
            codes[code] = (byte) code;
        }
        ByteBuffer reference = ByteBuffer.wrap(convert(codes, compressed(law), linear()));
        reference.order(ByteOrder.LITTLE_ENDIAN);
        for (byte code : codes) {
            assertThat(law.decode(code)).as("code %d", code).isEqualTo(reference.getShort());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldEncodeEverySampleAsTheReferenceDoes(G711 law) throws IOException {
        ByteBuffer samples = ByteBuffer.allocate(65536 * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            samples.putShort((short) sample);
        }
        byte[] reference = convert(samples.array(), linear(), compressed(law));
        // Where a truncated bit decides between two codes, implementations differ: by less than the 14 or 13 bits hold.
        // Past 32,635 the JDK's µ-law overflows.
        for (int sample = -32_600; sample <= 32_600; sample++) {
            int index = sample - Short.MIN_VALUE;
            assertThat(law.decode(law.encode((short) sample)))
                    .as("sample %d", sample)
                    .isIn(
                            law.decode(reference[index - 8]),
                            law.decode(reference[index]),
                            law.decode(reference[index + 8]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveEveryCodeBackAfterARoundTrip(G711 law) {
        for (int code = 0; code < 256; code++) {
            short sample = law.decode((byte) code);
            assertThat(law.decode(law.encode(sample))).as("code %d", code).isEqualTo(sample);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldClipTheLoudestSamples(G711 law) {
        assertThat((int) law.decode(law.encode(Short.MAX_VALUE))).isBetween(32_000, 32_767);
        assertThat((int) law.decode(law.encode(Short.MIN_VALUE))).isBetween(-32_768, -32_000);
    }

    @Test
    void shouldTranscodeInPlaceWithinOneStep() {
        for (int code = 0; code < 256; code++) {
            ByteBuf buffer = Unpooled.wrappedBuffer(new byte[] {1, (byte) code, 2});
            G711.PCMU.transcode(buffer, 1, 1, G711.PCMA);
            short before = G711.PCMU.decode((byte) code);
            short after = G711.PCMA.decode(buffer.getByte(1));
            assertThat(Math.abs(after - before)).isLessThanOrEqualTo(16 + Math.abs(before) / 16);
            assertThat(buffer.getByte(0)).isEqualTo((byte) 1);
            assertThat(buffer.getByte(2)).isEqualTo((byte) 2);
        }
    }

    @Test
    void shouldKnowTheCodesOfSilence() {
        assertThat(G711.PCMU.silence()).isEqualTo((byte) 0xFF);
        assertThat(G711.PCMA.silence()).isEqualTo((byte) 0xD5);
    }

    private static byte[] convert(byte[] bytes, AudioFormat from, AudioFormat to) throws IOException {
        long frames = bytes.length / from.getFrameSize();
        try (AudioInputStream in = AudioSystem.getAudioInputStream(
                to, new AudioInputStream(new ByteArrayInputStream(bytes), from, frames))) {
            return in.readAllBytes();
        }
    }

    private static AudioFormat compressed(G711 law) {
        AudioFormat.Encoding encoding = law == G711.PCMU ? AudioFormat.Encoding.ULAW : AudioFormat.Encoding.ALAW;
        return new AudioFormat(encoding, 8000, 8, 1, 1, 8000, false);
    }

    private static AudioFormat linear() {
        return new AudioFormat(8000, 16, 1, true, false);
    }
}
