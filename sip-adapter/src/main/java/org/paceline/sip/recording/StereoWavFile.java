package org.paceline.sip.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.paceline.sip.audio.G711;

/**
 * A WAV file of 8 kHz stereo PCM16 that grows at its end. Its header is corrected at the close, and after every ten
 * seconds of audio, so that a file left behind by a crash plays up to there.
 *
 * <p>Thread: {@code recorder}.
 */
final class StereoWavFile implements AutoCloseable {

    static final int HEADER_BYTES = 44;
    static final int FRAME_BYTES = 4;

    private static final long HEADER_EVERY_FRAMES = 10L * G711.SAMPLE_RATE;

    private final FileChannel file;
    private long frames;
    private long headerFrames;

    /** Creates the file; it must not exist. */
    static StereoWavFile create(Path path) throws IOException {
        FileChannel file = FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownersOnly(path));
        try {
            return new StereoWavFile(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** @param file new and empty; closed with this */
    StereoWavFile(FileChannel file) throws IOException {
        this.file = file;
        writeHeader();
        file.position(HEADER_BYTES);
    }

    /** @param samples left and right in turn, little-endian, from its position to its limit */
    void append(ByteBuffer samples) throws IOException {
        int added = samples.remaining() / FRAME_BYTES;
        while (samples.hasRemaining()) {
            file.write(samples);
        }
        frames += added;
        if (frames - headerFrames >= HEADER_EVERY_FRAMES) {
            writeHeader();
        }
    }

    long frames() {
        return frames;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            // Removes what a failed write left half done.
            file.truncate(HEADER_BYTES + frames * FRAME_BYTES);
            writeHeader();
        }
    }

    /**
     * Lets only the owner and group of the files read them, where the file system supports that, because they hold
     * people's telephone talks.
     */
    private static FileAttribute<?>[] ownersOnly(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"))
                }
                : new FileAttribute<?>[0];
    }

    private void writeHeader() throws IOException {
        int data = (int) Math.min(frames * FRAME_BYTES, Integer.MAX_VALUE);
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt(data + HEADER_BYTES - 8).put(ascii("WAVE"));
        header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 2);
        header.putInt(G711.SAMPLE_RATE).putInt(G711.SAMPLE_RATE * FRAME_BYTES);
        header.putShort((short) FRAME_BYTES).putShort((short) 16);
        header.put(ascii("data")).putInt(data).flip();
        for (int at = 0; header.hasRemaining(); ) {
            at += file.write(header, at);
        }
        headerFrames = frames;
    }

    private static byte[] ascii(String tag) {
        return tag.getBytes(StandardCharsets.US_ASCII);
    }
}
