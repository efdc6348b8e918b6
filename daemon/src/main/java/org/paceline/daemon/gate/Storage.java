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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.redo.Copy;
import org.paceline.daemon.redo.DamageException;
import org.paceline.daemon.redo.FolderDisk;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableShape;
import org.paceline.daemon.redo.TableSums;
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

    private static final int LOAD_ROWS = 5_000;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final FolderDisk disk;
    private final FileChannel lockFile;
    private final RedoLog redo;
    private boolean begun;
    private boolean needsCopy;
    private String lacking = "";
    private String rebuilt = "";

    /** How the database stands to its log. */
    public sealed interface Finding {
        /** There is no log yet: it begins with what the database has. */
        record Begin(boolean fresh) implements Finding {}

        /** The database lacks this many records, maybe none. */
        record Lacks(long records) implements Finding {}

        /** The log lacks records that the database has, because the machine died, or its files were taken away. */
        record Ahead(UUID store, long last) implements Finding {}

        /** The database has to be made again. */
        record Rebuild(String reason) implements Finding {}

        /** Database and log do not belong together. */
        record Foreign(String reason) implements Finding {}
    }

    /** What the database was made again from. */
    public record Rebuilt(String from, long rows, long records) {}

    private record State(UUID store, long last) {}

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

    /** Ends a restore that was cut off after it had set the old folder aside. */
    private static void endRestore(Path folder) throws IOException {
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

    /** Whether there is a log. */
    public boolean isEmpty() {
        return redo.isEmpty();
    }

    /** Returns why the last process asked for a new database, or null. */
    public @Nullable String rebuildAsked() throws IOException {
        Path asked = Path.of(disk.place(REBUILD));
        return Files.exists(asked) ? Files.readString(asked).strip() : null;
    }

    /** Compares the database that was opened with the log. */
    public Finding examine(Connection connection) throws SQLException, IOException {
        Gate.protect(connection);
        State state = state(connection);
        if (redo.isEmpty()) {
            return state == null ? new Finding.Begin(isEmpty(connection)) : new Finding.Ahead(state.store, state.last);
        }
        var head = redo.head();
        if (state == null) {
            return isEmpty(connection)
                    ? new Finding.Rebuild("it has no tables")
                    : new Finding.Foreign("it is older than the redo log in " + disk);
        }
        if (head == null || !state.store.equals(head.shape().store())) {
            return new Finding.Foreign("it is another database than that of the redo log in " + disk);
        }
        if (state.last > redo.last()) {
            return new Finding.Ahead(state.store, state.last);
        }
        if (state.last < redo.first() - 1) {
            return new Finding.Rebuild(
                    "it ends at record " + state.last + ", and the log begins only at record " + redo.first());
        }
        return new Finding.Lacks(redo.last() - state.last);
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        return Tables.read(connection).isEmpty();
    }

    private static @Nullable State state(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet known = statement.executeQuery("SELECT 1 FROM information_schema.tables"
                    + " WHERE table_schema = 'public' AND table_name = 'redo_state'")) {
                if (!known.next()) {
                    return null;
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT store, last_record FROM redo_state")) {
                return row.next() ? new State(UUID.fromString(row.getString(1)), row.getLong(2)) : null;
            }
        }
    }

    /** Takes the triggers away, so that the tables can be changed. */
    public static void release(Connection connection) throws SQLException {
        List<String> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT DISTINCT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'public'")) {
                while (rows.next()) {
                    triggers.add(rows.getString(1));
                }
            }
            for (String trigger : triggers) {
                statement.execute("DROP TRIGGER " + Tables.quote(trigger));
            }
        }
    }

    /** Gives the database the records that it lacks. */
    public long catchUp(Connection connection, Migrator tables) throws SQLException, IOException {
        return new Replay(redo, tables).catchUp(connection);
    }

    /**
     * Makes the rows of an empty database: from the newest copy that can be read, and the records after it.
     *
     * @param reason why the one before cannot be used, one line
     * @throws DamageException where no copy can be read
     */
    public Rebuilt rebuild(Connection connection, Migrator tables, String reason) throws SQLException, IOException {
        rebuilt = reason;
        List<String> copies = Copy.names(disk).reversed();
        IOException last = null;
        for (String copy : copies) {
            try {
                long rows = Copy.read(disk, copy, (_, _) -> {}).rows();
                return load(connection, tables, copy, rows);
            } catch (DamageException e) {
                LOG.error("event=copy-damaged reason=\"{}\"", e.getMessage());
                last = e;
            }
        }
        var head = redo.head();
        if (head == null || !redo.isWhole()) {
            throw last == null ? new DamageException("there is no copy in " + disk) : last;
        }
        StoreShape[] first = new StoreShape[1];
        redo.read(1, (shape, record) -> {
            if (first[0] == null) {
                first[0] = shape;
            }
        });
        StoreShape begin = first[0] == null ? head.shape() : first[0];
        tables.migrateTo(begin.schema());
        createState(connection, begin.store(), 0);
        return replayed(connection, tables, "the redo log", 0, 0);
    }

    private Rebuilt load(Connection connection, Migrator tables, String copy, long expected)
            throws SQLException, IOException {
        Copy.Head head = Copy.head(disk, copy);
        tables.migrateTo(head.shape().schema());
        createState(connection, head.shape().store(), head.number());
        long rows = loadRows(connection, head, copy, expected);
        return replayed(connection, tables, disk.place(copy), rows, head.number());
    }

    private long loadRows(Connection connection, Copy.Head head, String copy, long expected)
            throws SQLException, IOException {
        connection.setAutoCommit(false);
        List<TableShape> shapes = head.shape().tables();
        try (Statement statement = connection.createStatement()) {
            for (TableShape table : shapes) {
                statement.executeUpdate("DELETE FROM " + Tables.quote(table.name()));
            }
        }
        RowLoader loader = new RowLoader(connection, shapes, expected);
        Copy.read(disk, copy, loader);
        loader.flush();
        connection.setAutoCommit(true);
        return loader.rows;
    }

    private Rebuilt replayed(Connection connection, Migrator tables, String from, long rows, long has)
            throws SQLException, IOException {
        if (redo.last() > has) {
            new Replay(redo, tables).apply(connection, has + 1, has);
        }
        Sequences.raise(connection);
        return new Rebuilt(from, rows, Math.max(0, redo.last() - has));
    }

    private static void createState(Connection connection, UUID store, long last) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE redo_state (store VARCHAR(36) PRIMARY KEY, last_record BIGINT NOT NULL)");
            statement.execute("INSERT INTO redo_state (store, last_record) VALUES ('" + store + "', " + last + ")");
        }
    }

    /** Puts the rows of a copy into the tables. */
    private static final class RowLoader implements Copy.Rows {
        private final Connection connection;
        private final List<TableShape> shapes;
        private final List<byte @Nullable []> waiting = new ArrayList<>();
        private final long expected;
        private int table;
        private long rows;
        private long toldNanos = System.nanoTime();

        RowLoader(Connection connection, List<TableShape> shapes, long expected) {
            this.connection = connection;
            this.shapes = shapes;
            this.expected = expected;
        }

        @Override
        public void row(int of, byte[] row) throws IOException {
            if (of != table || waiting.size() >= LOAD_ROWS) {
                flush();
                table = of;
            }
            waiting.add(row);
        }

        void flush() throws IOException {
            try {
                if (!waiting.isEmpty()) {
                    Replay.insert(connection, shapes.get(table), waiting);
                    connection.commit();
                    rows += waiting.size();
                    waiting.clear();
                    tell();
                }
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        private void tell() {
            long now = System.nanoTime();
            if (now - toldNanos >= TELL_NANOS) {
                toldNanos = now;
                LOG.warn("event=database-rebuild-goes-on rows={} of={}", rows, expected);
            }
        }
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
            capture(connection, shape);
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT"); // the tables are in the file, whatever happens to it
            }
            Gate gate = new Gate(redo, shape, source, forces);
            begun = true;
            Files.deleteIfExists(Path.of(disk.place(REBUILD)));
            return gate;
        }
    }

    private StoreShape prepare(Connection connection, Finding finding, String version)
            throws SQLException, IOException {
        List<TableShape> tables = Tables.read(connection);
        var head = redo.head();
        switch (finding) {
            case Finding.Begin(boolean fresh) -> {
                StoreShape shape = new StoreShape(UUID.randomUUID(), version, tables);
                createState(connection, shape.store(), 0);
                redo.begin(shape, 1, Tables.sums(connection, tables), fresh);
                needsCopy = !fresh;
                return shape;
            }
            case Finding.Ahead(UUID store, long last) -> {
                if (rebuilt.isEmpty()) { // else the database is of a copy alone, as it was asked for
                    lacking = "the database ends at record " + last + ", the log at " + redo.last()
                            + ": the machine died, or files of the log were taken away";
                    LOG.warn("event=redo-log-lacks-records reason=\"{}\"", lacking);
                }
                StoreShape shape = new StoreShape(store, version, tables);
                redo.begin(shape, last + 1, Tables.sums(connection, tables), false);
                needsCopy = true;
                return shape;
            }
            case Finding.Lacks _, Finding.Rebuild _ -> {
                if (head == null) {
                    throw new IllegalStateException("no log after " + finding);
                }
                StoreShape shape = new StoreShape(head.shape().store(), version, tables);
                if (!shape.equals(head.shape())) {
                    TableSums sums = Tables.sums(connection, tables);
                    redo.begin(shape, redo.last() + 1, sums, redo.isWhole());
                    needsCopy = true;
                }
                return shape;
            }
            case Finding.Foreign(String reason) -> throw new IllegalStateException(reason);
        }
    }

    private static void capture(Connection connection, StoreShape shape) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (TableShape table : shape.tables()) {
                statement.execute("CREATE TRIGGER IF NOT EXISTS " + Tables.quote("redo_" + table.name())
                        + " AFTER INSERT, UPDATE, DELETE, ROLLBACK ON " + Tables.quote(table.name())
                        + " FOR EACH ROW CALL '" + RowCapture.class.getName() + "'");
            }
            for (String step : List.of("enter", "commit", "leave", "copy", "verify")) {
                statement.execute("CREATE ALIAS IF NOT EXISTS redo_" + step + " FOR '" + Gate.class.getName() + "."
                        + step + "Joined'");
            }
        }
    }

    /** Whether the log alone, without a new copy, could not make the database again. */
    public boolean needsCopy() {
        return needsCopy;
    }

    /** Returns the maker of copies; commands that join the process use it too. */
    public Copies serve(Gate gate, DataSource source) {
        Copies copies =
                new Copies(gate, disk, source, System::currentTimeMillis, new Opening(redo.cut(), lacking, rebuilt));
        gate.serve(copies, new Verification(gate, disk, source));
        return copies;
    }

    /** Asks the next start to make the database again. */
    public static void askRebuild(Path database, String reason) throws IOException {
        Path asked = folderOf(database).resolve(REBUILD);
        PrivateFiles.create(asked);
        Files.writeString(asked, reason + "\n");
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
