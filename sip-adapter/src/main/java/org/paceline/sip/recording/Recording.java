package org.paceline.sip.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.sip.audio.G711;

/**
 * The recording of one call into a file: both sides are mixed into a window of two seconds, and audio that leaves the
 * window is written. Time that no packet filled is silence; a packet more than a second late is dropped.
 *
 * <p>Thread: {@code recorder}.
 */
final class Recording {

    private static final int WINDOW_FRAMES = 2 * G711.SAMPLE_RATE;
    private static final int LATENESS_FRAMES = G711.SAMPLE_RATE;

    /** How much audio that came ahead of time is kept after the end: 200 ms. */
    private static final int TAIL_FRAMES = G711.SAMPLE_RATE / 5;

    private final Path path;
    private final long startedNanos;
    private final StereoWavFile file;
    private final Track customer = new Track();
    private final Track agent = new Track();

    /** Left and right in turn; the frame at position p is at p modulo the window. */
    private final short[] window = new short[WINDOW_FRAMES * 2];

    private final ByteBuffer block;
    private long written;
    private @Nullable IOException failure;

    /**
     * @param path the final name; its folder is made
     * @param block a block from {@link #newBlock}; may be shared with other recordings of the same thread
     */
    static Recording create(Path path, long startedNanos, ByteBuffer block) throws IOException {
        Files.createDirectories(path.getParent());
        return new Recording(path, startedNanos, StereoWavFile.create(partOf(path)), block);
    }

    Recording(Path path, long startedNanos, StereoWavFile file, ByteBuffer block) {
        this.path = path;
        this.startedNanos = startedNanos;
        this.file = file;
        this.block = block;
    }

    static Path partOf(Path path) {
        return path.resolveSibling(path.getFileName() + ".part");
    }

    static ByteBuffer newBlock() {
        return ByteBuffer.allocateDirect(WINDOW_FRAMES * StereoWavFile.FRAME_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    void packet(PacketRing.Slot<?> slot) {
        if (failure != null) {
            return;
        }
        Track track = slot.customer ? customer : agent;
        long position = track.place(slot.ssrc, slot.timestamp, slot.length, positionOf(slot.nanos));
        if (position < written) {
            return;
        }
        if (position + slot.length > written + WINDOW_FRAMES) {
            writeUpTo(position + slot.length - LATENESS_FRAMES);
        }
        for (int i = 0; i < slot.length; i++) {
            window[index(position + i) + (slot.customer ? 0 : 1)] = slot.law.decode(slot.payload[i]);
        }
    }

    /** Returns the recording's final name. */
    Path path() {
        return path;
    }

    /** Returns why its last write failed, or null. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /**
     * Writes the rest and gives the file its final name.
     *
     * @param lostPackets packets that never came here
     */
    RecordingFile close(long closedNanos, long lostPackets) throws IOException {
        long closed = positionOf(closedNanos);
        writeUpTo(Math.clamp(Math.max(customer.end(), agent.end()), closed, closed + TAIL_FRAMES));
        try {
            file.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
        Files.move(partOf(path), path, StandardCopyOption.ATOMIC_MOVE);
        return new RecordingFile(
                path.toString(),
                Files.size(path),
                file.frames() * 1000 / G711.SAMPLE_RATE,
                failure == null && lostPackets == 0);
    }

    private long positionOf(long nanos) {
        return Math.max(0, (nanos - startedNanos) / 125_000);
    }

    private void writeUpTo(long position) {
        try {
            while (failure == null && written < position) {
                int frames = (int) Math.min(position - written, WINDOW_FRAMES);
                block.clear();
                for (int i = 0; i < frames; i++) {
                    int at = index(written + i);
                    block.putShort(window[at]).putShort(window[at + 1]);
                }
                blank(frames);
                file.append(block.flip());
                written += frames;
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** Fills the frames that were written with silence, for the next round of the window. */
    private void blank(int frames) {
        int from = index(written);
        int straight = Math.min(frames * 2, window.length - from);
        Arrays.fill(window, from, from + straight, (short) 0);
        Arrays.fill(window, 0, frames * 2 - straight, (short) 0);
    }

    private static int index(long position) {
        return (int) (position % WINDOW_FRAMES) * 2;
    }
}
