package org.paceline.daemon.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether an H2 file still has the end that it had. H2 goes back to an older state where its newest is missing, and to an
 * empty database where every state is; its header says where the newest was written.
 */
final class H2FileEnd {
    private static final int HEADER_BYTES = 4_096;
    private static final Pattern NEWEST = Pattern.compile("^H:2,.*?block:([0-9a-f]{1,12}),blockSize:([0-9a-f]{1,6}),");

    private H2FileEnd() {}

    static void refuseCut(DatabaseSettings settings) throws DatabaseException {
        Path file = settings.file().resolveSibling(settings.file().getFileName() + ".mv.db");
        try (InputStream in = Files.newInputStream(file)) {
            String header = new String(in.readNBytes(HEADER_BYTES), StandardCharsets.ISO_8859_1);
            Matcher newest = NEWEST.matcher(header);
            if (newest.find()
                    && Long.parseLong(newest.group(1), 16) * Long.parseLong(newest.group(2), 16) >= Files.size(file)) {
                throw OpeningErrors.corrupt(settings, null);
            }
        } catch (IOException _) {
            // What cannot be read, or is not there, H2 tells of.
        }
    }
}
