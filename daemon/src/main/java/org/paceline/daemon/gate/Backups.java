package org.paceline.daemon.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.DamageException;
import org.paceline.daemon.redo.FolderDisk;
import org.paceline.daemon.redo.RedoLog;

/** Prepares the storage for a database that is made again from a copy. Thread: one at a time. */
public final class Backups {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private Backups() {}

    /** What was prepared, a line each. */
    public record Prepared(List<String> lines) {}

    /**
     * Verifies that a file is a whole copy.
     *
     * @throws DamageException where it is not
     */
    public static void verify(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Copy.read(
                new FolderDisk(folder == null ? Path.of("") : folder),
                String.valueOf(file.getFileName()),
                (_, _) -> {});
    }

    /**
     * Sets database and storage aside, and begins a storage with a copy, so that opening the database makes it again.
     *
     * @param from a copy; null for the newest one of the storage and the whole records after it
     * @return null where another process has the database
     * @throws IOException where the copy cannot be used; nothing is changed then
     */
    public static @Nullable Prepared prepare(Path database, @Nullable Path from) throws IOException {
        Path folder = Storage.folderOf(database);
        Files.createDirectories(folder);
        try (var lock = Storage.lock(folder)) {
            if (lock == null) {
                return null;
            }
            FolderDisk old = new FolderDisk(folder);
            Path copy = from == null ? newest(old) : from;
            verify(copy);
            return begin(database, folder, old, copy, from == null);
        }
    }

    private static Path newest(FolderDisk disk) throws IOException {
        for (String name : Copy.names(disk).reversed()) {
            try {
                Copy.read(disk, name, (_, _) -> {});
                return Path.of(disk.place(name));
            } catch (DamageException _) {
                // an older one may be whole
            }
        }
        throw new DamageException("there is no whole copy in " + disk + ": name one that 'paceline backup' made");
    }

    private static Prepared begin(Path database, Path folder, FolderDisk old, Path copy, boolean withRecords)
            throws IOException {
        List<String> lines = new ArrayList<>();
        Path fresh = Storage.freshFolderOf(folder);
        Files.createDirectories(fresh);
        FolderDisk disk = new FolderDisk(fresh);
        for (String name : disk.names()) {
            disk.delete(name);
        }
        FolderDisk source = new FolderDisk(copy.toAbsolutePath().getParent());
        long number = Copy.head(source, String.valueOf(copy.getFileName())).number();
        Path target = fresh.resolve(Copy.name(number));
        PrivateFiles.create(target);
        Files.copy(copy, target, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.create(target);
        lines.add("from     " + copy.toAbsolutePath() + ", up to record " + number);
        if (withRecords) {
            lines.add(RedoLog.salvage(old, disk, number));
        }
        String time = LocalDateTime.now().format(TIME);
        Path file = database.resolveSibling(database.getFileName() + ".mv.db");
        if (Files.exists(file)) {
            Path aside = file.resolveSibling(file.getFileName() + ".set-aside-" + time);
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
            lines.add("aside    " + aside);
        }
        Path asideFolder = folder.resolveSibling(folder.getFileName() + ".set-aside-" + time);
        Files.move(folder, asideFolder, StandardCopyOption.ATOMIC_MOVE);
        lines.add("aside    " + asideFolder);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        return new Prepared(lines);
    }
}
