package org.paceline.sip.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A mono sound at 8 kHz, read from a WAV file whose samples are PCM16, µ-law or A-law.
 *
 * <p>The JDK's own reader ({@code javax.sound.sampled}, JDK 25) does not take µ-law and A-law in
 * {@code WAVE_FORMAT_EXTENSIBLE}, which some editors write; so the chunks are read here.
 *
 * <p>Thread: any (immutable once read).
 */
public final class WavAudio {

    /** The longest sound, minutes; this bounds the memory that one file can take. */
    public static final int LIMIT_MINUTES = 10;

    private static final long LIMIT_BYTES = (long) LIMIT_MINUTES * 60 * G711.SAMPLE_RATE * 2 + 65_536;
    private static final int FORMAT_PCM = 1;
    private static final int FORMAT_A_LAW = 6;
    private static final int FORMAT_MU_LAW = 7;
    private static final int FORMAT_EXTENSIBLE = 0xFFFE;

    private final short[] samples;

    private WavAudio(short[] samples) {
        this.samples = samples;
    }

    /**
     * Reads a whole file.
     *
     * @throws IOException with one line that gives the path, what is wrong and what would be right
     */
    public static WavAudio read(Path file) throws IOException {
        byte[] bytes;
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) { // opening a FIFO would wait for a writer
                throw refused(file, "no regular file: must be a WAV file");
            }
            long size = Files.size(file);
            if (size > LIMIT_BYTES) {
                throw refused(file, size + " bytes: must be at most " + LIMIT_MINUTES + " minutes of 8 kHz mono");
            }
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + ": no such file", e);
        }
        return new WavAudio(parse(file, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN)));
    }

    /**
     * Says whether a file can be played, for config checks.
     *
     * @throws IOException as {@link #read} does
     */
    public static void check(Path file) throws IOException {
        read(file);
    }

    /** How many samples, at 8 kHz. */
    public int length() {
        return samples.length;
    }

    public long millis() {
        return samples.length * 1000L / G711.SAMPLE_RATE;
    }

    /** The sample at an index; silence past the end. */
    public short sample(int index) {
        return index < samples.length ? samples[index] : 0;
    }

    private static short[] parse(Path file, ByteBuffer in) throws IOException {
        if (in.remaining() < 12 || !"RIFF".equals(tag(in)) || in.getInt() == 0 || !"WAVE".equals(tag(in))) {
            throw refused(file, "not a RIFF/WAVE file: must be 8 kHz mono PCM16, µ-law or A-law WAV");
        }
        int format = 0;
        while (in.remaining() >= 8) {
            String chunk = tag(in);
            // Sizes are unsigned; a stream writer leaves 0xFFFFFFFF, which means up to the end.
            int size = (int) Math.min(Integer.toUnsignedLong(in.getInt()), in.remaining());
            ByteBuffer body = in.slice(in.position(), size).order(ByteOrder.LITTLE_ENDIAN);
            if ("fmt ".equals(chunk)) {
                format = format(file, body);
            } else if ("data".equals(chunk)) {
                return samples(file, format, body);
            }
            in.position(Math.min(in.limit(), in.position() + size + (size & 1)));
        }
        throw refused(file, "has no data chunk: the file is cut short");
    }

    private static int format(Path file, ByteBuffer body) throws IOException {
        if (body.remaining() < 16) {
            throw refused(file, "its fmt chunk has " + body.remaining() + " bytes: must have 16 or more");
        }
        int format = Short.toUnsignedInt(body.getShort(0));
        int channels = Short.toUnsignedInt(body.getShort(2));
        int rate = body.getInt(4);
        int bits = Short.toUnsignedInt(body.getShort(14));
        if (format == FORMAT_EXTENSIBLE && body.remaining() >= 26) {
            format = Short.toUnsignedInt(body.getShort(24));
        }
        boolean known = (format == FORMAT_PCM && bits == 16)
                || ((format == FORMAT_A_LAW || format == FORMAT_MU_LAW) && bits == 8);
        if (!known || channels != 1 || rate != G711.SAMPLE_RATE) {
            throw refused(
                    file,
                    "format=" + format + " bits=" + bits + " channels=" + channels + " rate=" + rate
                            + ": must be 8000 Hz mono PCM16, µ-law or A-law;"
                            + " `sox IN.wav -r 8000 -c 1 -b 16 OUT.wav` makes one");
        }
        return format;
    }

    private static short[] samples(Path file, int format, ByteBuffer body) throws IOException {
        if (format == 0) {
            throw refused(file, "has data before its fmt chunk");
        }
        int count = format == FORMAT_PCM ? body.remaining() / 2 : body.remaining();
        if (count == 0) {
            throw refused(file, "has no samples: must have at least one");
        }
        if (count > LIMIT_MINUTES * 60 * G711.SAMPLE_RATE) {
            throw refused(file, "is longer than " + LIMIT_MINUTES + " minutes: must be shorter");
        }
        short[] samples = new short[count];
        if (format == FORMAT_PCM) {
            body.asShortBuffer().get(samples);
            return samples;
        }
        G711 law = format == FORMAT_A_LAW ? G711.PCMA : G711.PCMU;
        for (int i = 0; i < count; i++) {
            samples[i] = law.decode(body.get(i));
        }
        return samples;
    }

    private static String tag(ByteBuffer in) {
        byte[] tag = new byte[4];
        in.get(tag);
        return new String(tag, StandardCharsets.US_ASCII);
    }

    private static IOException refused(Path file, String why) {
        return new IOException(file + ": " + why);
    }
}
