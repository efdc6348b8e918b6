package org.paceline.bench.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of a run: {@code db-N} for each database with what its processes log, {@code before} with the files of the last
 * one as the last kill left them, and both by other names for each fault.
 *
 * <p>Thread: one.
 */
final class BenchFolder {
    private final Path root;
    private int databases;

    BenchFolder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Makes the folder of the next database. */
    Path next() throws IOException {
        databases++;
        return Files.createDirectories(root.resolve("db-" + databases));
    }

    /** Keeps a copy of the database as a kill left it, in the place of the one before. */
    void keepBefore(Path database) throws IOException {
        Path before = root.resolve("before");
        delete(before);
        for (Path file : inside(database)) {
            Path to = before.resolve(database.relativize(file));
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                Files.copy(file, to);
            }
        }
    }

    /** Keeps the database and what it was before it was opened; returns where. */
    Path keepFault(Path database, int kill) throws IOException {
        Path before = root.resolve("before");
        if (Files.exists(before)) {
            Files.move(before, root.resolve("fault-" + kill + "-before"));
        }
        return Files.move(database, root.resolve("fault-" + kill), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what a run without a fault leaves, and where asked the folder itself. */
    void removeRest(boolean itself) throws IOException {
        delete(itself ? root : root.resolve("before"));
    }

    /** Returns the bytes of the database's file. */
    static long databaseBytes(Path database) throws IOException {
        return Files.size(database.resolve(StorageChild.DATABASE + ".mv.db"));
    }

    /** Returns the bytes of its redo log. */
    static long logBytes(Path database) throws IOException {
        long bytes = 0;
        for (Path file : inside(database.resolve(StorageChild.DATABASE + ".redo"))) {
            bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
        }
        return bytes;
    }

    /** Returns how many times the database was set aside and made again. */
    static long setAside(Path database) throws IOException {
        try (Stream<Path> files = Files.list(database)) {
            return files.filter(file -> file.getFileName().toString().contains(".set-aside-"))
                    .count();
        }
    }

    /** Removes a folder and all that is in it. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        for (Path file : inside(folder).reversed()) {
            Files.delete(file);
        }
    }

    /** The folder itself, and all that is in it, each folder before its files. */
    private static List<Path> inside(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.toList());
        }
    }
}
