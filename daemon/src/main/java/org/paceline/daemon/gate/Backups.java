package org.paceline.daemon.gate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.files.TimeStamp;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.DamageException;
import org.paceline.daemon.redo.FolderDisk;
import org.paceline.daemon.redo.Salvage;

/** Prepares the storage for a database that is made again from a copy. Thread: one at a time. */
public final class Backups {
    /** What a restore needs, in sizes of its copy: the copy once more, and the database. */
    private static final long TIMES = 4;

    private static final long MEBI = 1 << 20;

    private Backups() {}

    /**
     * What was prepared.
     *
     * @param copy the copy that the database is made of
     * @param madeAtEpochMillis when the copy was begun
     * @param lines what was taken and where the old files went, a line each
     */
    public record Prepared(Path copy, long madeAtEpochMillis, List<String> lines) {}

    /**
     * Verifies that a file is a whole copy.
     *
     * @throws DamageException where it is not
     */
    public static void verify(Path file) throws IOException {
        FolderDisk disk = new FolderDisk(folderOf(file));
        String name = String.valueOf(file.getFileName());
        if (!Copy.isOne(disk, name)) {
            throw new DamageException(file
                    + " is no copy of a database: name a file that 'paceline backup' made, its name ends with .copy");
        }
        Copy.read(disk, name, (_, _) -> {});
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("") : folder;
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
        Storage.endRestore(folder);
        if (from == null) {
            requireFolder(folder);
        } else {
            verify(from);
            Files.createDirectories(folder);
        }
        try (var lock = Storage.lock(folder)) {
            if (lock == null) {
                return null;
            }
            FolderDisk old = new FolderDisk(folder);
            Path copy = from == null ? newest(old) : from;
            requireRoom(folder, Files.size(copy));
            Path fresh = Storage.freshFolderOf(folder);
            try {
                List<String> lines = begin(old, fresh, copy, from == null);
                long madeAt = Copy.head(new FolderDisk(folderOf(copy)), String.valueOf(copy.getFileName()))
                        .madeAtEpochMillis();
                exchange(folder, fresh, lines);
                return new Prepared(copy, madeAt, lines);
            } catch (IOException e) {
                new FolderDisk(fresh).remove();
                throw e;
            }
        }
    }

    private static void requireFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DamageException("there is no folder " + folder
                    + " with copies: name a copy that 'paceline backup' made, or correct database.file");
        }
    }

    /** The copy is copied, and a database of its rows is made, before anything else goes. */
    private static void requireRoom(Path folder, long copyBytes) throws IOException {
        long free = new FolderDisk(folder).freeBytes();
        if (free < TIMES * copyBytes) {
            throw new DamageException("the disk of " + folder + " has " + free / MEBI + " MiB free, needs about "
                    + (TIMES * copyBytes / MEBI + 1) + ": make room first");
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

    /** Makes the new folder; nothing that is in use changes. */
    private static List<String> begin(FolderDisk old, Path fresh, Path copy, boolean withRecords) throws IOException {
        List<String> lines = new ArrayList<>();
        Files.createDirectories(fresh);
        FolderDisk disk = new FolderDisk(fresh);
        for (String name : disk.names()) {
            disk.delete(name);
        }
        long number = Copy.head(new FolderDisk(folderOf(copy)), String.valueOf(copy.getFileName()))
                .number();
        Path target = fresh.resolve(Copy.name(number));
        PrivateFiles.create(target);
        Files.copy(copy, target, StandardCopyOption.REPLACE_EXISTING);
        PrivateFiles.create(target);
        lines.add("copy     " + copy.toAbsolutePath() + ", up to record " + number);
        lines.add(withRecords ? Salvage.take(old, disk, number) : "records  none after the copy, as a file was named");
        Path asked = fresh.resolve(Storage.REBUILD);
        PrivateFiles.create(asked);
        Files.writeString(asked, "restored from " + copy.toAbsolutePath() + "\n");
        return lines;
    }

    /**
     * Puts the new folder in the place of the old one; where a kill comes in between, the next opening ends it. The
     * database's file goes aside once the new one is made.
     */
    private static void exchange(Path folder, Path fresh, List<String> lines) throws IOException {
        FolderDisk old = new FolderDisk(folder);
        if (old.names().equals(List.of(Storage.LOCK))) {
            old.remove();
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path aside = folder.resolveSibling(folder.getFileName() + ".set-aside-" + TimeStamp.now());
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE); // nothing is changed where a restore fails
            throw e;
        }
        lines.add("aside    " + aside);
    }
}
