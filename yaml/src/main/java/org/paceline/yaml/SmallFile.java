package org.paceline.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files that people write by hand. It refuses, before reading, files that are not regular (it would wait for a
 * FIFO, and a device never ends) and files that are too large.
 *
 * <p>Thread: any; waits for the drive.
 */
public final class SmallFile {
    /**
     * The most bytes of configuration, policies and secrets; the largest that people write have some thousand lines.
     */
    public static final int MOST_BYTES = 1024 * 1024;

    private SmallFile() {}

    /** @throws IOException as for {@link #read(Path, int)} with {@link #MOST_BYTES} */
    public static byte[] read(Path file) throws IOException {
        return read(file, MOST_BYTES);
    }

    /**
     * Reads the whole file.
     *
     * @throws IOException where the file is not regular or too large, with a message that continues after the file's
     *     name; a {@link java.nio.file.NoSuchFileException} or another exception of the file system where it cannot be
     *     read
     */
    public static byte[] read(Path file, int mostBytes) throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
        if (!found.isRegularFile()) {
            throw new IOException(
                    "is " + (found.isDirectory() ? "a folder" : "no regular file (a FIFO, socket or device)")
                            + ": must be a file of at most " + mostBytes + " bytes");
        }
        if (found.size() > mostBytes) {
            throw tooLarge(found.size(), mostBytes);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw tooLarge(bytes.length, mostBytes);
            }
            return bytes;
        }
    }

    private static IOException tooLarge(long bytes, int mostBytes) {
        return new IOException("has " + bytes + " bytes: must have at most " + mostBytes);
    }
}
