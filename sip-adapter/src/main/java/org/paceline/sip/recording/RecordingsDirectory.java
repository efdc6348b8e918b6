package org.paceline.sip.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;

/** The directory of the recordings, and whether they can be written there. Thread: {@code recorder}. */
final class RecordingsDirectory {

    /** The free space below which nothing more can be promised: some 50 minutes of 30 calls at once. */
    static final long FREE_BYTES_FLOOR = 100L * 1024 * 1024;

    private final Path directory;
    private final Clock clock;
    private final long floorBytes;

    RecordingsDirectory(Path directory, Clock clock, long floorBytes) {
        this.directory = directory.toAbsolutePath().normalize();
        this.clock = clock;
        this.floorBytes = floorBytes;
    }

    /**
     * Makes the directory at the start. One that goes missing later is not made again: it may be a mount that is gone,
     * and recordings must not fill the disk below it.
     */
    void create() {
        try {
            Files.createDirectories(directory);
        } catch (IOException _) {
            // problem() reports it, again and again until the directory is there.
        }
    }

    /**
     * Returns {@code <directory>/<campaign>/<yyyy-mm-dd>/<call>.wav}, or {@code <call>-2.wav} and so on for the next
     * recording of the same call, where an earlier one ended because the agent's phone was lost.
     */
    Path pathOf(CallId call, CampaignId campaign) {
        Path day =
                directory.resolve(folder(campaign)).resolve(LocalDate.now(clock).toString());
        Path path = day.resolve(call + ".wav");
        for (int number = 2; Files.exists(path) || Files.exists(Recording.partOf(path)); number++) {
            path = day.resolve(call + "-" + number + ".wav");
        }
        return path;
    }

    /**
     * Tries to write a small file.
     *
     * @param suspect a recording that could not be written, whose folder must take a file as well; or null
     * @return why recordings cannot be written, or null when they can
     */
    @Nullable
    String problem(@Nullable Path suspect) {
        if (!Files.isDirectory(directory)) {
            return "recordings=" + directory + ": no such directory; create it or mount it";
        }
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < floorBytes) {
                return "recordings=" + directory + ": " + mebibytes(free) + " MiB free, must be at least "
                        + mebibytes(floorBytes) + " MiB";
            }
            probe(directory);
            if (suspect != null) {
                probe(Files.createDirectories(suspect.getParent()));
            }
            return null;
        } catch (IOException e) {
            return reason(e);
        }
    }

    private static void probe(Path folder) throws IOException {
        Path file = folder.resolve(".paceline-probe");
        Files.write(file, "written to see that recordings can be\n".getBytes(StandardCharsets.UTF_8));
        Files.delete(file);
    }

    String reason(IOException failure) {
        return "recordings=" + directory + ": cannot be written: " + failure;
    }

    /** Returns a campaign's name as a folder name that cannot lead out of the directory. */
    private static String folder(CampaignId campaign) {
        String safe = campaign.value().replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return safe.startsWith(".") ? "_" + safe.substring(1) : safe;
    }

    private static long mebibytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
