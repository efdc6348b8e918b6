package org.paceline.daemon.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.MVStoreTool;
import org.paceline.daemon.database.DatabaseException.Reason;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.daemon.files.TimeStamp;
import org.paceline.daemon.gate.BadDatabaseException;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.gate.Finding;
import org.paceline.daemon.gate.Gate;
import org.paceline.daemon.gate.Migrator;
import org.paceline.daemon.gate.Rebuild;
import org.paceline.daemon.gate.Storage;
import org.paceline.daemon.redo.DamageException;
import org.paceline.yaml.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An H2 database that is open with its redo log. Opening it gives it what it lacks; a file that cannot be opened, or
 * that failed its check, is set aside and made again from a copy and the log.
 *
 * <p>Thread: the one that opens it; {@link #close} from any.
 */
final class Embedded implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Embedded.class);
    /** Opening that makes no step forward for so long never ends. */
    private static final Duration STEP_LIMIT = Duration.ofMinutes(3);

    private static final String NEW = ".rebuilding";
    private final HikariDataSource pool;
    private final Storage storage;
    private final Gate gate;
    private final Copies copies;
    private final DatabaseWriter writer;

    /** Opens connections to a place, see {@link Database}. */
    @FunctionalInterface
    interface Connector {
        HikariDataSource connect(DatabaseSettings to) throws DatabaseException;
    }

    private Embedded(HikariDataSource pool, Storage storage, Gate gate) {
        this.pool = pool;
        this.storage = storage;
        this.gate = gate;
        this.copies = storage.serve(gate, pool);
        this.writer = DatabaseWriter.start(gate::writeDatabase);
    }

    static Embedded open(DatabaseSettings settings, Connector connector) throws DatabaseException {
        Storage storage = take(settings);
        try {
            return open(settings, connector, storage);
        } catch (IOException e) {
            storage.close();
            throw new DatabaseException(Reason.OTHER, FileFault.reason(e), e);
        } catch (DatabaseException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static Storage take(DatabaseSettings settings) throws DatabaseException {
        DatabaseFiles.makeFolder(settings.file());
        try {
            Storage storage = Storage.open(settings.file());
            if (storage == null) {
                throw OpeningErrors.explain(
                        settings, new SQLException("in use", "90020", ErrorCode.DATABASE_ALREADY_OPEN_1));
            }
            return storage;
        } catch (DamageException e) {
            throw new DatabaseException(Reason.CORRUPT, "redo log of " + settings.place() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DatabaseException(
                    Reason.OTHER,
                    "redo log of " + settings.place() + ", folder " + Storage.folderOf(settings.file())
                            + ", cannot be used: " + FileFault.reason(e)
                            + "; mend that, or name another place under database.file",
                    e);
        }
    }

    private static Embedded open(DatabaseSettings settings, Connector connector, Storage storage)
            throws DatabaseException, IOException {
        String asked = storage.rebuildAsked();
        if (asked == null && !Files.exists(settings.databaseFile())) {
            asked = "its file is gone";
        }
        if (asked != null && storage.canRebuild()) {
            rebuild(settings, connector, storage, asked);
        }
        try {
            return attach(settings, connector, storage);
        } catch (DatabaseException e) {
            if (e.reason() != Reason.CORRUPT || !storage.canRebuild()) {
                throw e;
            }
            rebuild(settings, connector, storage, OpeningErrors.fault(settings, e));
            return attach(settings, connector, storage);
        }
    }

    /** Opens the file as it is, gives it what it lacks, and brings the tables up to date. */
    private static Embedded attach(DatabaseSettings settings, Connector connector, Storage storage)
            throws DatabaseException, IOException {
        DatabaseFiles.makeFile(settings);
        H2FileEnd.refuseCut(settings);
        DatabaseFiles.refuseFullDiskAtStart(settings);
        long bytes = Files.size(settings.databaseFile());
        HikariDataSource pool = connector.connect(settings);
        try {
            Schema schema = new Schema(pool, settings);
            Finding finding;
            try (Connection connection = pool.getConnection()) {
                finding = storage.examine(connection);
                schema.refuseUnreadable(bytes);
                Storage.release(connection);
                catchUp(settings, storage, connection, schema, finding);
            }
            migrate(settings, storage, schema);
            Gate gate = storage.begin(pool, finding, schema.version(), settings.durability() == Durability.POWER);
            return new Embedded(pool, storage, gate);
        } catch (BadDatabaseException e) {
            pool.close();
            throw new DatabaseException(Reason.CORRUPT, String.valueOf(e.getMessage()), e);
        } catch (SQLException e) {
            pool.close();
            throw OpeningErrors.explain(settings, e);
        } catch (DatabaseException | IOException | RuntimeException e) {
            pool.close();
            throw e;
        } catch (TimeoutException e) {
            // The pool stays open: to close it would wait for the statement that does not end.
            Storage.askRebuild(
                    settings.file(), "applying records made no step forward for " + STEP_LIMIT.toSeconds() + " s");
            throw new DatabaseException(
                    Reason.OTHER,
                    "database file " + settings.place() + " does not take what the redo log has: no step forward for "
                            + STEP_LIMIT.toSeconds()
                            + " s; the next start makes it again from a copy and the redo log",
                    e);
        }
    }

    /** Brings the tables up to date; where that is cut off in its middle, the next start makes the database again. */
    private static void migrate(DatabaseSettings settings, Storage storage, Schema schema)
            throws DatabaseException, IOException {
        if (storage.canRebuild() && schema.hasPending()) {
            Storage.askRebuild(settings.file(), "the change of its tables for a newer release was cut off");
        }
        schema.migrate();
    }

    private static void catchUp(
            DatabaseSettings settings, Storage storage, Connection connection, Schema schema, Finding finding)
            throws DatabaseException, SQLException, IOException, TimeoutException {
        switch (finding) {
            case Finding.Begin _, Finding.Ahead _ -> {}
            case Finding.Rebuild(String reason) ->
                throw new DatabaseException(
                        Reason.CORRUPT,
                        storage.canRebuild()
                                ? reason
                                : "database file " + settings.place() + ": " + reason
                                        + "; put back the right file, or a copy with: paceline restore FILE",
                        null);
            case Finding.Foreign(String reason) ->
                throw new DatabaseException(
                        Reason.OTHER,
                        "database file " + settings.place() + ": " + reason
                                + "; put back the right file, or move that folder away to go on without it",
                        null);
            case Finding.Lacks(long records) -> {
                long begun = System.nanoTime();
                // In a thread of its own: a damaged file may keep H2 from ever ending a statement.
                StepwiseWork.run(
                        "database-catch-up", STEP_LIMIT, step -> apply(settings, storage, connection, schema, step));
                storage.requireSound(connection, schema.version());
                if (records > 0) {
                    LOG.info(
                            "event=redo-applied records={} millis={}",
                            records,
                            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
                }
            }
        }
    }

    private static long apply(
            DatabaseSettings settings, Storage storage, Connection connection, Schema schema, Runnable step)
            throws DatabaseException, IOException {
        try {
            return storage.catchUp(connection, migrator(schema), step);
        } catch (SQLException e) {
            throw OpeningErrors.explain(settings, e);
        }
    }

    private static Migrator migrator(Schema schema) {
        return new Migrator() {
            @Override
            public String version() {
                return schema.version();
            }

            @Override
            public void migrateTo(String version) throws IOException {
                try {
                    schema.migrateTo(version);
                } catch (DatabaseException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }

    /** Sets the file aside, and makes a new one from a copy and the log. The old one stays until that is done. */
    private static void rebuild(DatabaseSettings settings, Connector connector, Storage storage, String reason)
            throws DatabaseException, IOException {
        long begun = System.nanoTime();
        Path old = settings.databaseFile();
        LOG.error("event=database-rebuild-begins file={} reason=\"{}\"", old, reason);
        DatabaseSettings fresh = settings.at(sibling(settings.file(), NEW));
        Rebuild.Rebuilt rebuilt;
        try {
            rebuilt = fill(fresh, connector, storage, reason);
        } catch (SQLException | IOException e) {
            Files.deleteIfExists(fresh.databaseFile());
            throw new DatabaseException(
                    Reason.CORRUPT,
                    "database file " + settings.place() + " cannot be used (" + reason
                            + "), and it cannot be made again: " + OpeningErrors.firstLine(e),
                    e);
        }
        String aside = "none";
        if (Files.exists(old)) {
            aside = Files.move(old, sibling(old, ".set-aside-" + TimeStamp.now()), StandardCopyOption.ATOMIC_MOVE)
                    .toString();
        }
        Files.move(fresh.databaseFile(), old, StandardCopyOption.ATOMIC_MOVE);
        LOG.error(
                "event=database-rebuilt file={} from=\"{}\" rows={} records={} millis={} set-aside={}",
                old,
                rebuilt.from(),
                rebuilt.rows(),
                rebuilt.records(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                aside);
    }

    private static Rebuild.Rebuilt fill(DatabaseSettings fresh, Connector connector, Storage storage, String reason)
            throws DatabaseException, SQLException, IOException {
        Files.deleteIfExists(fresh.databaseFile());
        DatabaseFiles.makeFile(fresh);
        Rebuild.Rebuilt rebuilt;
        try (HikariDataSource pool = connector.connect(fresh);
                Connection connection = pool.getConnection()) {
            rebuilt = storage.rebuild(connection, migrator(new Schema(pool, fresh)), reason);
        }
        compact(fresh.databaseFile());
        return rebuilt;
    }

    /** Loading wrote most pages many times, which makes the file several times as large as need be. */
    private static void compact(Path file) throws IOException {
        try {
            MVStoreTool.compact(file.toString(), false);
        } catch (MVStoreException e) {
            MVStoreTool.compactCleanUp(file.toString());
            LOG.warn("event=database-not-compacted file={} reason=\"{}\"", file, OpeningErrors.firstLine(e));
        }
        PrivateFiles.create(file); // the tool made it readable by others
    }

    private static Path sibling(Path path, String ending) {
        return path.resolveSibling(path.getFileName() + ending);
    }

    HikariDataSource pool() {
        return pool;
    }

    Gate gate() {
        return gate;
    }

    Copies copies() {
        return copies;
    }

    @Override
    public void close() {
        writer.close();
        pool.close();
        gate.close();
        storage.close();
    }

    @Override
    public String toString() {
        return "Embedded[" + pool.getJdbcUrl() + "]";
    }
}
