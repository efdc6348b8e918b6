package org.paceline.daemon.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files with customers' data: only the user that Paceline runs as may read them (mode 0600), whatever the umask. Where
 * the file system has no such modes, the folder's rights apply.
 */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** Makes the file, empty, where it does not exist; where it does, takes all other users' rights to it away. */
    public static void create(Path file) throws IOException {
        try {
            Files.createFile(file, attributes(file));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw e;
            }
            if (isPosix(file) && !OWNER_ONLY.equals(Files.getPosixFilePermissions(file))) {
                Files.setPosixFilePermissions(file, OWNER_ONLY);
            }
        }
    }

    /** Writes the file anew, in UTF-8. */
    public static BufferedWriter newWriter(Path file) throws IOException {
        create(file);
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    /** Writes the file anew. */
    public static OutputStream newOutput(Path file) throws IOException {
        create(file);
        return Files.newOutputStream(file);
    }

    private static FileAttribute<?>[] attributes(Path file) {
        return isPosix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
