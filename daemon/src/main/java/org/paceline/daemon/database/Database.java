package org.paceline.daemon.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.api.ErrorCode;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.DatabaseException.Reason;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.yaml.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open database. Close it last, because anything that still asks for a connection then fails.
 *
 * <p>Thread: any.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** {@code WRITE_DELAY=0}: with H2's own default a killed process loses what it committed in the last half second. */
    private static final String H2_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=5000;QUERY_CACHE_SIZE=64;DB_CLOSE_ON_EXIT=FALSE";

    private static final int CONNECT_SECONDS = 5;
    private static final int SOCKET_SECONDS = 30;
    private static final int MAX_TRIES = 5;

    /** The least free space; with less, nothing is dialled, so that the events of live calls can still be written. */
    private static final long LEAST_FREE_BYTES = 1 << 20;

    /** How long a transaction may be idle before the server ends it, because its process was stopped. Seconds. */
    public static final int IDLE_SECONDS = 20;

    /** Makes a statement that waits for another transaction's lock fail after a while, so that it is tried again. */
    private static final String POSTGRESQL_INIT =
            "SET idle_in_transaction_session_timeout = '" + IDLE_SECONDS + "s'; SET lock_timeout = '15s'";

    static {
        SideDoor.keepToLoopback();
    }

    private final DatabaseSettings settings;
    private final HikariDataSource pool;
    private final @Nullable SideDoor door;
    private final Jdbi jdbi;

    private Database(DatabaseSettings settings, HikariDataSource pool, @Nullable SideDoor door) {
        this.settings = settings;
        this.pool = pool;
        this.door = door;
        this.jdbi = Jdbi.create(pool);
        // Jdbi's own message contains the values that were bound: names and phone numbers, which no log may have.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementException::getShortMessage);
    }

    /**
     * Opens the database as its owner: brings the tables up to date, and on H2 lets commands of the same user join.
     *
     * @throws DatabaseException with one line: corrupt, in use, unreachable, wrong password, newer schema
     */
    public static Database open(DatabaseSettings settings) throws DatabaseException {
        makeFile(settings);
        String url = settings.isEmbedded() ? settings.url() + H2_OPTIONS : settings.url();
        if (settings.isEmbedded()) {
            H2FileEnd.refuseCut(settings);
            refuseFullDiskAtStart(settings);
        }
        long bytes = settings.isEmbedded() ? bytesOf(settings.file()) : 0;
        HikariDataSource pool = connect(settings, url);
        try {
            Schema.migrate(pool, settings, bytes);
            return new Database(settings, pool, settings.isEmbedded() ? SideDoor.open(settings.file()) : null);
        } catch (SQLException | IOException e) {
            pool.close();
            throw new DatabaseException(
                    Reason.OTHER,
                    settings.place() + " cannot be opened for commands: " + OpeningErrors.firstLine(e),
                    e);
        } catch (DatabaseException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /**
     * Opens the database for a command, or joins the daemon that has the H2 file open.
     *
     * @throws DatabaseException as for {@link #open}
     */
    public static Database openOrJoin(DatabaseSettings settings) throws DatabaseException {
        try {
            return open(settings);
        } catch (DatabaseException e) {
            String url = settings.isEmbedded() ? SideDoor.urlOf(settings.file()) : null;
            if (e.reason() != Reason.IN_USE || url == null) {
                throw e;
            }
            return join(settings, url, e);
        }
    }

    private static Database join(DatabaseSettings settings, String url, DatabaseException inUse)
            throws DatabaseException {
        HikariDataSource pool;
        try {
            pool = connect(settings, url);
        } catch (DatabaseException e) {
            LOG.debug("event=door-is-shut database={}", settings.place(), e);
            throw e.reason() == Reason.WRONG_PASSWORD ? e : inUse;
        }
        try {
            Schema.verify(pool, settings);
            return new Database(settings, pool, null);
        } catch (DatabaseException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Makes the file, because H2 would make it readable by everybody. */
    private static void makeFile(DatabaseSettings settings) throws DatabaseException {
        if (!settings.isEmbedded()) {
            return;
        }
        Path directory = settings.file().getParent();
        Path file = settings.file().resolveSibling(settings.file().getFileName() + ".mv.db");
        try {
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new DatabaseException(
                    Reason.OTHER,
                    "directory " + directory + " of the database cannot be made: " + FileFault.reason(e)
                            + "; mend that, or name another place under database.file",
                    e);
        }
        try {
            PrivateFiles.create(file);
        } catch (IOException e) {
            throw new DatabaseException(
                    Reason.OTHER,
                    file + " of the database cannot be made, or its rights not be taken from others: "
                            + FileFault.reason(e) + "; mend that, or name another place under database.file",
                    e);
        }
    }

    private static long bytesOf(Path database) {
        try {
            return Files.size(database.resolveSibling(database.getFileName() + ".mv.db"));
        } catch (IOException e) {
            return 0;
        }
    }

    private static HikariDataSource connect(DatabaseSettings settings, String url) throws DatabaseException {
        // Open one connection by hand first, because the pool would wrap its error.
        try (Connection probe = DriverManager.getConnection(url, driverProperties(settings, true))) {
            LOG.debug(
                    "event=database-opened database={} product=\"{}\"",
                    settings.place(),
                    probe.getMetaData().getDatabaseProductVersion());
            return new HikariDataSource(poolConfig(settings, url, "database", settings.connections()));
        } catch (SQLException e) {
            throw OpeningErrors.explain(settings, e);
        }
    }

    private static HikariConfig poolConfig(DatabaseSettings settings, String url, String name, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(url);
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setDataSourceProperties(driverProperties(settings, false));
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(settings.isEmbedded() ? 2 : connections);
        config.setConnectionTimeout(CONNECT_SECONDS * 1_000L);
        config.setKeepaliveTime(0);
        config.setExceptionOverride(new UselessConnections());
        if (settings.isEmbedded()) {
            config.setMaxLifetime(0);
            // H2 reports connections to a database that closed itself as valid.
            config.setConnectionTestQuery("SELECT 1");
        } else {
            config.setConnectionInitSql(POSTGRESQL_INIT);
        }
        return config;
    }

    private static Properties driverProperties(DatabaseSettings settings, boolean withUser) {
        Properties properties = new Properties();
        if (withUser) {
            properties.setProperty("user", settings.user());
            properties.setProperty("password", settings.password());
        }
        if (!settings.isEmbedded()) {
            properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
            properties.setProperty("socketTimeout", Integer.toString(SOCKET_SECONDS));
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("prepareThreshold", "2");
            properties.setProperty("ApplicationName", "paceline");
        }
        return properties;
    }

    /** Asks whether the database answers. Fails with Jdbi's unchecked exceptions when it does not. */
    public void ask() {
        jdbi.useHandle(handle -> handle.execute("SELECT 1"));
    }

    /**
     * Asks whether the database answers and takes writes.
     *
     * @throws SQLException when it does not answer, or is read-only, as a standby is
     */
    public void probe() throws SQLException {
        refuseFullDisk(settings);
        try (Handle handle = jdbi.open()) {
            String readOnly = settings.isEmbedded()
                    ? "off"
                    : handle.createQuery("SELECT current_setting('transaction_read_only')")
                            .mapTo(String.class)
                            .one();
            if ("on".equals(readOnly)) {
                throw new SQLException("the server only reads: it is a standby, or set to read-only", "25006");
            }
            handle.execute("SELECT 1");
        } catch (JdbiException e) {
            throw new SQLException(OpeningErrors.firstLine(e), e);
        }
    }

    /**
     * Opens the same database with connections of its own, so that heavy use of the API cannot keep the dialer from
     * recording. Close it before this one.
     */
    public Database ofItsOwn(String name, int connections) {
        String url = settings.isEmbedded() ? settings.url() + H2_OPTIONS : settings.url();
        return new Database(settings, new HikariDataSource(poolConfig(settings, url, name, connections)), null);
    }

    /** Returns the handle for reading. Writing goes through {@link #write}. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** Refuses what could not even write its tables; H2 and Flyway would tell it with a trace each. */
    static void refuseFullDiskAtStart(DatabaseSettings settings) throws DatabaseException {
        try {
            refuseFullDisk(settings);
        } catch (SQLException e) {
            throw new DatabaseException(
                    Reason.OTHER, e.getMessage() + "; make room, or name another place under database.file", e);
        }
    }

    private static void refuseFullDisk(DatabaseSettings settings) throws SQLException {
        if (!settings.isEmbedded()) {
            return;
        }
        Path file = settings.file().resolveSibling(settings.file().getFileName() + ".mv.db");
        try {
            long free = Files.getFileStore(file).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new SQLException("the disk of " + file + " is full: " + free / 1024 + " KiB free, needs "
                        + LEAST_FREE_BYTES / 1024);
            }
        } catch (IOException e) {
            throw new SQLException("database file " + file + " cannot be found: " + FileFault.reason(e), e);
        }
    }

    /**
     * Returns which opening of the embedded file a connection belongs to: H2 closes the file when the disk is full, and
     * the next connection opens it again, maybe without the last commits.
     */
    public static Object openingOf(Connection connection) throws SQLException {
        Session session = connection.unwrap(JdbcConnection.class).getSession();
        return System.identityHashCode(session instanceof SessionLocal local ? local.getDatabase() : session);
    }

    /** Whether several nodes may share the database. */
    public boolean isShared() {
        return !settings.isEmbedded();
    }

    /** Returns the failures that a commit survives. */
    public Durability durability() {
        return settings.durability();
    }

    /**
     * Runs one transaction, repeats it when another one got in its way (deadlock, lock time-out, serialisation), and
     * returns when it is as durable as configured. The work must therefore have no effect outside the database.
     *
     * @throws X from the work; database errors as Jdbi's unchecked exceptions
     */
    public <T extends @Nullable Object, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        try (Handle handle = jdbi.open()) {
            T result = withRetries(handle, work);
            if (settings.isEmbedded() && settings.durability() == Durability.POWER) {
                handle.execute("CHECKPOINT SYNC");
            }
            return result;
        }
    }

    /** Makes the disk hold all that was committed, whatever the configured durability; for rare, large writes. */
    public void sync() {
        if (settings.isEmbedded()) {
            jdbi.useHandle(handle -> handle.execute("CHECKPOINT SYNC"));
        }
    }

    private <T extends @Nullable Object, X extends Exception> T withRetries(Handle handle, HandleCallback<T, X> work)
            throws X {
        int tries = 1;
        while (true) {
            try {
                return handle.inTransaction(work);
            } catch (Exception e) {
                if (tries == MAX_TRIES || !passes(e)) {
                    throw e;
                }
                LOG.debug(
                        "event=transaction-failed try={} effect=\"tried again\" reason=\"{}\"",
                        tries,
                        OpeningErrors.firstLine(e));
                tries++;
            }
        }
    }

    /** Whether the transaction only conflicted with another one and was rolled back whole. */
    private static boolean passes(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return "40001".equals(state)
                        || "40P01".equals(state)
                        || sql.getErrorCode() == ErrorCode.LOCK_TIMEOUT_1
                        || sql.getErrorCode() == ErrorCode.CONCURRENT_UPDATE_1;
            }
        }
        return false;
    }

    /** Closes the database. Waits for a connection that is still in use no longer than the pool's abort, about 10 s. */
    @Override
    public void close() {
        if (door != null) {
            door.close();
        }
        pool.close();
    }

    @Override
    public String toString() {
        return "Database[" + settings.place() + "]";
    }
}
