package org.paceline.daemon.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.DatabaseException.Reason;
import org.paceline.daemon.gate.Copies;
import org.paceline.daemon.gate.Storage;
import org.paceline.daemon.gate.Verification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open database. Close it last, because anything that still asks for a connection then fails.
 *
 * <p>Thread: any.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** {@code WRITE_DELAY}: H2 writes and compacts when the gate says so, and not by itself. */
    private static final String H2_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=2000000000;AUTO_COMPACT_FILL_RATE=0;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=5000;QUERY_CACHE_SIZE=64;DB_CLOSE_ON_EXIT=FALSE";

    private static final int CONNECT_SECONDS = 5;
    private static final int SOCKET_SECONDS = 30;

    /** How long a transaction may be idle before the server ends it, because its process was stopped. Seconds. */
    public static final int IDLE_SECONDS = 20;

    /** Makes a statement that waits for another transaction's lock fail after a while, so that it is tried again. */
    private static final String POSTGRESQL_INIT =
            "SET idle_in_transaction_session_timeout = '" + IDLE_SECONDS + "s'; SET lock_timeout = '15s'";

    static {
        SideDoor.keepToLoopback();
    }

    private final DatabaseSettings settings;
    private final Committer committer;
    private final @Nullable Copies copies;
    private final Runnable closer;
    private final Jdbi jdbi;
    private final Transactions transactions;

    private Database(
            DatabaseSettings settings,
            HikariDataSource pool,
            Committer committer,
            @Nullable Copies copies,
            Runnable closer) {
        this.settings = settings;
        this.committer = committer;
        this.copies = copies;
        this.closer = closer;
        this.jdbi = Jdbi.create(pool);
        // Jdbi's own message contains the values that were bound: names and phone numbers, which no log may have.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementException::getShortMessage);
        this.transactions = new Transactions(jdbi, committer);
    }

    /**
     * Opens the database as its owner: brings the tables up to date, and on H2 lets commands of the same user join.
     *
     * @throws DatabaseException with one line: corrupt, in use, unreachable, wrong password, newer schema
     */
    public static Database open(DatabaseSettings settings) throws DatabaseException {
        return settings.isEmbedded() ? openFile(settings) : openServer(settings);
    }

    private static Database openServer(DatabaseSettings settings) throws DatabaseException {
        HikariDataSource pool = connect(settings, settings.url());
        try {
            new Schema(pool, settings).migrate();
            return new Database(settings, pool, new Committer.OfServer(), null, pool::close);
        } catch (DatabaseException | RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static Database openFile(DatabaseSettings settings) throws DatabaseException {
        Embedded file = Embedded.open(settings, at -> connect(at, at.url() + H2_OPTIONS));
        try {
            SideDoor door = SideDoor.open(settings.file());
            return new Database(settings, file.pool(), new Committer.ThroughGate(file.gate()), file.copies(), () -> {
                if (door != null) {
                    door.close();
                }
                file.close();
            });
        } catch (SQLException | IOException e) {
            file.close();
            throw new DatabaseException(
                    Reason.OTHER,
                    settings.place() + " cannot be opened for commands: " + OpeningErrors.firstLine(e),
                    e);
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
            new Schema(pool, settings).verify();
            return new Database(settings, pool, new Committer.Joined(), null, pool::close);
        } catch (DatabaseException | RuntimeException e) {
            pool.close();
            throw e;
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
        DatabaseFiles.refuseFullDisk(settings);
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
        HikariDataSource own = new HikariDataSource(poolConfig(settings, url, name, connections));
        return new Database(settings, own, committer, null, own::close);
    }

    /** Returns the handle for reading. Writing goes through {@link #write}. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** Returns the maker of copies of an embedded database that this process has open, else null. */
    public @Nullable Copies copies() {
        return copies;
    }

    /**
     * Makes a copy of an embedded database, in this process or in the one that has it open.
     *
     * @throws DatabaseException on a server, which has tools of its own
     */
    public Copies.Made copy() throws DatabaseException {
        return Copies.Made.parse(askOwner("SELECT redo_copy()"));
    }

    /** Verifies a part of an embedded database's storage, as {@link #copy}. */
    public Verification.Found verify(Verification.Part part) throws DatabaseException {
        return Verification.Found.parse(askOwner("SELECT redo_verify('" + part + "')"));
    }

    private String askOwner(String question) throws DatabaseException {
        if (!settings.isEmbedded()) {
            throw new DatabaseException(
                    Reason.OTHER,
                    settings.place() + " is a PostgreSQL server: use its own tools, pg_dump and pg_basebackup");
        }
        return jdbi.withHandle(
                handle -> handle.createQuery(question).mapTo(String.class).one());
    }

    /**
     * Asks the next start to set the embedded file aside and to make it again from a copy and the log.
     *
     * @param reason one line
     */
    public void askRebuild(String reason) {
        Storage.askRebuild(settings.file(), reason);
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
        return transactions.run(work);
    }

    /** Makes the disk hold all that was committed, whatever the configured durability; for rare, large writes. */
    public void sync() {
        committer.sync();
    }

    /** Closes the database. Waits for a connection that is still in use no longer than the pool's abort, about 10 s. */
    @Override
    public void close() {
        closer.run();
    }

    @Override
    public String toString() {
        return "Database[" + settings.place() + "]";
    }
}
