package org.paceline.daemon.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * Checks whether an H2 file still has its end. Where the newest state is missing, H2 goes back to an older one; where
 * every state is missing, to an empty database; and it opens a file that lacks only old data. The file's header says
 * where the newest state was written, and its layout map where everything is.
 */
final class H2FileEnd {
    private static final int HEADER_BYTES = 4_096;
    private static final int BLOCK_BYTES = 4_096;
    private static final Pattern BLOCK = Pattern.compile("(?:^|,)block:([0-9a-f]{1,12})");
    private static final Pattern UNUSED = Pattern.compile("(?:^|,)livePages:0(?:,|$)");
    private static final Pattern LENGTH = Pattern.compile("(?:^|,)len:([0-9a-f]{1,12})");
    private static final Pattern NEWEST =
            Pattern.compile("^H:2,.*?block:([0-9a-f]{1,12}),blockSize:([0-9a-f]{1,6}),.*?version:([0-9a-f]{1,15}),");

    private H2FileEnd() {}

    static void refuseCut(DatabaseSettings settings) throws DatabaseException {
        Path file = settings.databaseFile();
        if (Files.isRegularFile(file) && isCut(file)) {
            throw OpeningErrors.corrupt(settings, null);
        }
    }

    private static boolean isCut(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String header = new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1);
            Matcher newest = NEWEST.matcher(header);
            if (!newest.find()) {
                return false;
            }
            long begins = Long.parseLong(newest.group(1), 16) * Long.parseLong(newest.group(2), 16);
            return begins >= Files.size(file) || lacksData(file, Long.parseLong(newest.group(3), 16));
        } catch (IOException | MVStoreException _) {
            return false; // it cannot be read, is in use, or damaged in other ways: H2 reports that
        }
    }

    /** Whether H2 would go back to an older state, or a chunk of data ends beyond the file's end. */
    private static boolean lacksData(Path file, long newestVersion) throws IOException {
        try (MVStore store =
                new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
            long blocks = Files.size(file) / BLOCK_BYTES;
            return store.getCurrentVersion() < newestVersion
                    || store.getLayoutMap().entrySet().stream()
                            .anyMatch(entry ->
                                    entry.getKey().startsWith("chunk.") && endBlock(entry.getValue()) > blocks);
        }
    }

    /**
     * Returns the block behind a chunk's last, from {@code chunk:1,block:2,len:1,...}; 0 where the chunk has no place
     * in the file, or none of its pages is in use any more, so that the file may have shrunk since.
     */
    static long endBlock(String chunk) {
        Matcher block = BLOCK.matcher(chunk);
        Matcher length = LENGTH.matcher(chunk);
        return !UNUSED.matcher(chunk).find() && block.find() && length.find()
                ? Long.parseLong(block.group(1), 16) + Long.parseLong(length.group(1), 16)
                : 0;
    }
}
