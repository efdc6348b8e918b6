package org.paceline.daemon.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.h2.api.ErrorCode;
import org.paceline.daemon.database.DatabaseException.Reason;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.gate.Gate;
import org.paceline.daemon.gate.Migrator;
import org.paceline.daemon.gate.Storage;
import org.paceline.daemon.gate.Storage.Finding;
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
    private static final String FILE = ".mv.db";
    private static final String NEW = ".rebuilding";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

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
        } catch (SQLException e) {
            storage.close();
            throw OpeningErrors.explain(settings, e);
        } catch (DatabaseException | RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    private static Storage take(DatabaseSettings settings) throws DatabaseException {
        Database.makeDirectory(settings);
        try {
            Storage storage = Storage.open(settings.file());
            if (storage == null) {
                throw OpeningErrors.explain(
                        settings, new SQLException("in use", "90020", ErrorCode.DATABASE_ALREADY_OPEN_1));
            }
            return storage;
        } catch (IOException e) {
            throw new DatabaseException(
                    Reason.CORRUPT, "redo log of " + settings.place() + ": " + FileFault.reason(e), e);
        }
    }

    private static Embedded open(DatabaseSettings settings, Connector connector, Storage storage)
            throws DatabaseException, SQLException, IOException {
        String asked = storage.rebuildAsked();
        if (asked == null && storage.canRebuild() && !Files.exists(file(settings.file()))) {
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
            rebuild(settings, connector, storage, OpeningErrors.fault(e));
            return attach(settings, connector, storage);
        }
    }

    /** Opens the file as it is, gives it what it lacks, and brings the tables up to date. */
    private static Embedded attach(DatabaseSettings settings, Connector connector, Storage storage)
            throws DatabaseException, SQLException, IOException {
        Database.makeFile(settings);
        H2FileEnd.refuseCut(settings);
        Database.refuseFullDiskAtStart(settings);
        long bytes = Files.size(file(settings.file()));
        HikariDataSource pool = connector.connect(settings);
        try {
            Finding finding;
            Schema schema = new Schema(pool, settings);
            try (Connection connection = pool.getConnection()) {
                finding = storage.examine(connection);
                schema.refuseUnreadable(bytes);
                Storage.release(connection);
                switch (finding) {
                    case Finding.Rebuild(String reason) -> throw new DatabaseException(Reason.CORRUPT, reason);
                    case Finding.Foreign(String reason) ->
                        throw new DatabaseException(
                                Reason.OTHER,
                                "database file " + settings.place() + ": " + reason
                                        + "; put back the right file, or move that folder away to go on without it");
                    case Finding.Lacks(long records) -> catchUp(storage, connection, schema, records);
                    case Finding.Begin _, Finding.Ahead _ -> {}
                }
            }
            schema.migrate();
            Gate gate = storage.begin(pool, finding, schema.version(), settings.durability() == Durability.POWER);
            return new Embedded(pool, storage, gate);
        } catch (DatabaseException | SQLException | IOException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static void catchUp(Storage storage, Connection connection, Schema schema, long records)
            throws SQLException, IOException {
        long begun = System.nanoTime();
        storage.catchUp(connection, migrator(schema));
        if (records > 0) {
            LOG.info(
                    "event=redo-applied records={} millis={}",
                    records,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
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

    /** Sets the file aside, and makes a new one from a copy and the log. */
    private static void rebuild(DatabaseSettings settings, Connector connector, Storage storage, String reason)
            throws DatabaseException, SQLException, IOException {
        long begun = System.nanoTime();
        Path old = file(settings.file());
        LOG.error("event=database-rebuild-begins file={} reason=\"{}\"", old, reason);
        DatabaseSettings fresh = settings.at(sibling(settings.file(), NEW));
        Files.deleteIfExists(file(fresh.file()));
        Database.makeFile(fresh);
        HikariDataSource pool = connector.connect(fresh);
        Storage.Rebuilt rebuilt;
        try (Connection connection = pool.getConnection()) {
            rebuilt = storage.rebuild(connection, migrator(new Schema(pool, fresh)), reason);
        } catch (IOException e) {
            throw new DatabaseException(
                    Reason.CORRUPT,
                    "database file " + settings.place() + " cannot be used (" + reason
                            + "), and it cannot be made again: " + FileFault.reason(e),
                    e);
        } finally {
            pool.close();
        }
        Path aside = sibling(
                old, ".set-aside-" + LocalDateTime.now(ZoneId.systemDefault()).format(TIME));
        if (Files.exists(old)) {
            Files.move(old, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(file(fresh.file()), old, StandardCopyOption.ATOMIC_MOVE);
        LOG.error(
                "event=database-rebuilt file={} from=\"{}\" rows={} records={} millis={} set-aside={}",
                old,
                rebuilt.from(),
                rebuilt.rows(),
                rebuilt.records(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
                aside);
    }

    private static Path file(Path database) {
        return sibling(database, FILE);
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
