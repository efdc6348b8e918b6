package org.paceline.daemon.gate;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.DamageException;
import org.paceline.daemon.redo.FolderDisk;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.SegmentHead;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;
import org.paceline.daemon.redo.TableSums;
import org.paceline.yaml.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What lies beside an embedded database: its redo log and its copies, in the folder {@code PATH.redo}. Held by one
 * process at a time. Compares log and database at the start, gives the database what it lacks, or makes it again.
 *
 * <p>Thread: the one that opens the database.
 */
public final class Storage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    static final String LOCK = "lock";

    /** A file of this name asks the next start to make the database again. */
    static final String REBUILD = "rebuild";

    private final FolderDisk disk;
    private final FileChannel lockFile;
    private final RedoLog redo;
    private boolean begun;
    private String lacking = "";
    private String rebuilt = "";

    private Storage(FolderDisk disk, FileChannel lockFile, RedoLog redo) {
        this.disk = disk;
        this.lockFile = lockFile;
        this.redo = redo;
    }

    /** Returns the folder beside a database. */
    public static Path folderOf(Path database) {
        return database.resolveSibling(database.getFileName() + ".redo");
    }

    /**
     * Takes the folder for this process, and opens the log.
     *
     * @return null where another process has it
     * @throws DamageException where the log is damaged
     */
    public static @Nullable Storage open(Path database) throws IOException {
        Path folder = folderOf(database);
        endRestore(folder);
        FolderDisk disk = new FolderDisk(folder);
        disk.make();
        FileChannel lockFile = lock(folder);
        if (lockFile == null) {
            return null;
        }
        try {
            forgetPrepared(folder);
            RedoLog redo = RedoLog.open(disk, bootId());
            if (!redo.cut().isEmpty()) {
                LOG.warn("event=redo-log-cut reason=\"{}\"", redo.cut());
            }
            return new Storage(disk, lockFile, redo);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /** Removes what a restore that was cut off had prepared: it changed nothing. */
    private static void forgetPrepared(Path folder) throws IOException {
        Path fresh = freshFolderOf(folder);
        if (Files.exists(fresh)) {
            new FolderDisk(fresh).remove();
        }
    }

    /** Ends a restore that was cut off after it had set the old folder aside. */
    static void endRestore(Path folder) throws IOException {
        Path fresh = freshFolderOf(folder);
        if (!Files.exists(folder) && Files.exists(fresh)) {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Returns where a restore prepares the folder that comes. */
    static Path freshFolderOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".new");
    }

    /** Takes a folder for this process, until the file is closed; returns null where another one has it. */
    static @Nullable FileChannel lock(Path folder) throws IOException {
        Path lock = folder.resolve(LOCK);
        PrivateFiles.create(lock);
        FileChannel lockFile = FileChannel.open(lock, StandardOpenOption.WRITE);
        try {
            if (tryLock(lockFile) != null) {
                return lockFile;
            }
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
        lockFile.close();
        return null;
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    /** Returns which start of the machine this is; empty where the system does not say. */
    private static String bootId() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        } catch (IOException _) {
            return "";
        }
    }

    /** Whether the log has anything from which the database could be made again. */
    public boolean canRebuild() throws IOException {
        return redo.isWhole() || !Copy.names(disk).isEmpty();
    }

    /** Returns why the last process asked for a new database, or null. */
    public @Nullable String rebuildAsked() throws IOException {
        Path asked = Path.of(disk.place(REBUILD));
        return Files.exists(asked) ? Files.readString(asked).strip() : null;
    }

    /** Compares the database that was opened with the log. */
    public Finding examine(Connection connection) throws SQLException, IOException {
        H2States.protect(connection);
        CutOffCommits.end(connection);
        RedoState state = RedoState.read(connection);
        SegmentHead head = redo.head();
        if (state == null) {
            return withoutState(
                    Tables.read(connection).isEmpty(),
                    head == null && Copy.names(disk).isEmpty());
        }
        if (head != null && !state.store().equals(head.shape().store())) {
            return new Finding.Foreign("it is another database than that of the redo log in " + disk);
        }
        long copied = newestCopyAfter(Math.max(redo.last(), state.last()));
        if (copied > 0) {
            return new Finding.Rebuild("it ends at record " + state.last() + ", and a copy at record " + copied);
        }
        if (head == null || state.last() > redo.last()) {
            return new Finding.Ahead(state.store(), state.last());
        }
        if (state.last() < redo.first() - 1) {
            return new Finding.Rebuild(
                    "it ends at record " + state.last() + ", and the log begins only at record " + redo.first());
        }
        return new Finding.Lacks(redo.last() - state.last());
    }

    /** Returns the number of the newest whole copy after a record; 0 where there is none. */
    private long newestCopyAfter(long record) throws IOException {
        for (String name : Copy.names(disk).reversed()) {
            if (Copy.numberOf(name) <= record) {
                break;
            }
            try {
                Copy.read(disk, name, (_, _) -> {});
                return Copy.numberOf(name);
            } catch (DamageException e) {
                LOG.error("event=copy-not-usable reason=\"{}\" effect=\"the redo log is believed\"", e.getMessage());
            }
        }
        return 0;
    }

    private Finding withoutState(boolean isEmpty, boolean isStorageEmpty) {
        if (isStorageEmpty) {
            return new Finding.Begin(isEmpty);
        }
        return isEmpty
                ? new Finding.Rebuild(
                        "the file has no tables, and the redo log in " + disk + " is that of a database with tables")
                : new Finding.Foreign("it is older than the redo log in " + disk);
    }

    /** Takes the triggers away, so that the tables can be changed. */
    public static void release(Connection connection) throws SQLException {
        Triggers.release(connection);
    }

    /**
     * Gives the database the records that it lacks.
     *
     * @param step runs after each step forward
     */
    public long catchUp(Connection connection, Migrator tables, Runnable step) throws SQLException, IOException {
        return new Replay(redo, tables, step).catchUp(connection);
    }

    /**
     * Compares the tables with what the log says of them, where the machine may have died since it was written. Of a
     * database that was just made again, {@link #begin} believes the rows.
     *
     * @param version of the tables
     * @throws BadDatabaseException when they are not the same
     */
    public void requireSound(Connection connection, String version) throws SQLException, IOException {
        SegmentHead head = redo.head();
        boolean isDue = rebuilt.isEmpty() && redo.isOfAnotherBoot();
        if (head != null && isDue && head.shape().schema().equals(version)) {
            String difference = difference(connection, head.shape());
            if (!difference.isEmpty()) {
                throw new BadDatabaseException("after record " + redo.last() + " " + difference);
            }
        }
    }

    private String difference(Connection connection, StoreShape shape) throws SQLException, IOException {
        return redo.sums().difference(Tables.sums(connection, shape.tables()), shape.tables());
    }

    /**
     * Makes the rows of an empty database: from the newest copy that can be read, and the records after it.
     *
     * @param reason why the one before cannot be used, one line
     * @throws DamageException where no copy can be read
     */
    public Rebuild.Rebuilt rebuild(Connection connection, Migrator tables, String reason)
            throws SQLException, IOException {
        rebuilt = reason;
        return new Rebuild(disk, redo, tables, connection).run();
    }

    /**
     * Opens the gate, once the tables are up to date: from now on the log has every change.
     *
     * @param version of the tables
     * @param forces whether a transaction has ended only once the disk has it
     */
    public Gate begin(DataSource source, Finding finding, String version, boolean forces)
            throws SQLException, IOException {
        try (Connection connection = source.getConnection()) {
            StoreShape shape = prepare(connection, finding, version);
            Triggers.set(connection, shape);
            checkpoint(connection); // the triggers are in every state of the file from now on
            Gate gate = new Gate(redo, shape, source, forces, reason -> askRebuild(disk, reason));
            begun = true;
            Files.deleteIfExists(Path.of(disk.place(REBUILD)));
            return gate;
        }
    }

    private StoreShape prepare(Connection connection, Finding finding, String version)
            throws SQLException, IOException {
        List<TableShape> tables = Tables.read(connection);
        return switch (finding) {
            case Finding.Begin(boolean fresh) -> {
                StoreShape shape = new StoreShape(UUID.randomUUID(), version, tables);
                RedoState.create(connection, shape.store(), 0);
                checkpoint(connection); // before there is a log, which would take the database for another one
                yield fresh
                        ? beginLog(shape, 0, Tables.sums(connection, tables), true)
                        : beginWithCopy(connection, shape, 0, false);
            }
            case Finding.Ahead(UUID store, long last) -> {
                if (last > 0 && !Copy.names(disk).contains(Copy.name(last))) {
                    lacking = "the database ends at record " + last + ", the log at " + redo.last()
                            + ": the machine died, or files of the log were taken away";
                    LOG.warn(
                            "event=redo-log-lacks-records reason=\"{}\" effect=\"a copy is made, and the log begins"
                                    + " anew\"",
                            lacking);
                }
                yield beginWithCopy(connection, new StoreShape(store, version, tables), last, false);
            }
            case Finding.Lacks _, Finding.Rebuild _ -> {
                SegmentHead head = redo.head();
                if (head == null) {
                    throw new IllegalStateException("no log after " + finding);
                }
                StoreShape shape = new StoreShape(head.shape().store(), version, tables);
                yield shape.equals(head.shape()) && (rebuilt.isEmpty() || isAsLogged(connection, shape))
                        ? shape
                        : beginWithCopy(connection, shape, redo.last(), redo.isWhole());
            }
            case Finding.Foreign(String reason) -> throw new IllegalStateException(reason);
        };
    }

    /** Whether a database that was made again is what the log's sums say; they are wrong where it is not. */
    private boolean isAsLogged(Connection connection, StoreShape shape) throws SQLException, IOException {
        String difference = difference(connection, shape);
        if (!difference.isEmpty()) {
            LOG.error(
                    "event=redo-sums-differ reason=\"{}\" effect=\"the log begins anew with a copy of what was made again\"",
                    difference);
        }
        return difference.isEmpty();
    }

    /** Makes the disk hold the database as it is. */
    private static void checkpoint(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    /** Begins a file of the log with a copy of the database, which is there before the log relies on it. */
    private StoreShape beginWithCopy(Connection connection, StoreShape shape, long number, boolean whole)
            throws SQLException, IOException {
        return beginLog(
                shape,
                number,
                Snapshot.write(connection, disk, shape, number, null, () -> {}).sums(),
                whole);
    }

    private StoreShape beginLog(StoreShape shape, long number, TableSums sums, boolean whole) throws IOException {
        redo.begin(shape, number + 1, sums, whole);
        return shape;
    }

    /** Returns the maker of copies; commands that join the process use it too. */
    public Copies serve(Gate gate, DataSource source) {
        Copies copies = new Copies(gate, disk, source, new Opening(redo.cut(), lacking, rebuilt));
        gate.serve(copies, new Verification(gate, disk, source));
        return copies;
    }

    /** Asks the next start to make the database again. */
    public static void askRebuild(Path database, String reason) {
        askRebuild(new FolderDisk(folderOf(database)), reason);
    }

    private static void askRebuild(FolderDisk disk, String reason) {
        Path asked = Path.of(disk.place(REBUILD));
        try {
            PrivateFiles.create(asked);
            Files.writeString(asked, reason + "\n");
        } catch (IOException e) {
            LOG.error("event=rebuild-not-asked file={} reason=\"{}\"", asked, FileFault.reason(e));
        }
    }

    /** Gives the folder free. The gate, where one was begun, is closed before. */
    @Override
    public void close() {
        try {
            if (!begun) {
                redo.close();
            }
            lockFile.close();
        } catch (IOException e) {
            LOG.warn("event=redo-log-not-closed reason=\"{}\"", e.getMessage());
        }
    }
}
