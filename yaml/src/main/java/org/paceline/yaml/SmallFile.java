package org.paceline.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads files that people write by hand. What is no regular file (a FIFO would be waited for, a device never ends) and what is
 * too large is refused before it is read.
 *
 * <p>Thread: any; waits for the drive.
 */
public final class SmallFile {
    /** Of configuration, policies and secrets; the largest that people write has some thousand lines. */
    public static final int MOST_BYTES = 1024 * 1024;

    private SmallFile() {}

    /** @throws IOException as {@link #read(Path, int)}, with {@link #MOST_BYTES} */
    public static byte[] read(Path file) throws IOException {
        return read(file, MOST_BYTES);
    }

    /**
     * The whole file.
     *
     * @throws IOException in words that go on after the file's name, where it is no such file; a {@link
     *     java.nio.file.NoSuchFileException} or another of the file system's where it cannot be read
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
