package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.engine.Constants;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.RowChange;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableSums;
import org.paceline.yaml.FileFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way by which transactions of the embedded database commit. Each one passes alone: what it did to rows is
 * appended to the redo log, its number is written into the database, and the database commits. Nothing that a caller
 * was told can be lost by a kill then, however lazily the database writes.
 *
 * <p>Where the database did not commit what the log has, or closed itself and was opened anew, the next transaction
 * first gives it what it lacks.
 *
 * <p>Thread: any; a transaction stays on its thread.
 */
public final class Gate implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

    /** Makes the caller try its transaction again. */
    private static final String TRY_AGAIN = "40001";

    /**
     * With less room than this, H2 does not write: it would close the database when a write fails, and may open it with
     * nothing in it. Meanwhile it keeps in memory what the log has.
     */
    private static final long LEAST_FREE_BYTES = 16L << 20;

    private final RedoLog redo;
    private final StoreShape shape;
    private final DataSource source;
    private final boolean forces;
    private final Consumer<String> askRebuild;
    private final String name;
    private final Turn turn = new Turn();
    private final ThreadLocal<Changes> changes = ThreadLocal.withInitial(Changes::new);
    private final ThreadLocal<Boolean> suspended = ThreadLocal.withInitial(() -> false);
    private volatile @Nullable Object opening;
    private volatile @Nullable Served served;
    private volatile @Nullable StorageFailedError failed;
    private final H2States states = new H2States();
    private long writeFailures;

    /** What commands may ask of this process. */
    record Served(Copies copies, Verification verification) {}

    /** What a copy is made of. */
    record Still(long number, TableSums sums) {}

    /**
     * Makes the gate of a database whose rows are those of the log.
     *
     * @param forces whether a transaction has ended only once the disk has it
     * @param askRebuild asks the next start to make the database again, for this reason
     */
    Gate(RedoLog redo, StoreShape shape, DataSource source, boolean forces, Consumer<String> askRebuild)
            throws SQLException {
        this.redo = redo;
        this.shape = shape;
        this.source = source;
        this.forces = forces;
        this.askRebuild = askRebuild;
        try (Connection connection = source.getConnection()) {
            this.name = nameOf(connection);
            this.opening = openingOf(connection);
        }
        GATES.put(name, this);
    }

    /** @throws SQLException where the database has no gate in this process */
    static Gate of(Connection connection) throws SQLException {
        Gate gate = GATES.get(nameOf(connection));
        if (gate == null) {
            throw new SQLException("rows are written through Paceline's gate, and this database has none open");
        }
        return gate;
    }

    private static String nameOf(Connection connection) throws SQLException {
        return local(connection).getDatabase().getName();
    }

    static SessionLocal local(Connection connection) throws SQLException {
        Session session = connection.unwrap(JdbcConnection.class).getSession();
        if (session instanceof SessionLocal local) {
            return local;
        }
        throw new SQLException("the session is another process's");
    }

    private static Object openingOf(Connection connection) throws SQLException {
        return local(connection).getDatabase();
    }

    /** Whether the connection is to the opening of the file that has all of the log. */
    @SuppressWarnings("ReferenceEquality") // each opening is another one
    private boolean isOpening(Connection connection) throws SQLException {
        return openingOf(connection) == opening;
    }

    StoreShape shape() {
        return shape;
    }

    int tableNamed(String table) throws SQLException {
        for (int i = 0; i < shape.tables().size(); i++) {
            if (shape.tables().get(i).name().equals(table)) {
                return i;
            }
        }
        throw new SQLException("table " + table + " is not in the log");
    }

    Changes changes() {
        return changes.get();
    }

    boolean isSuspended() {
        return suspended.get();
    }

    /** Nothing commits any more, and the process ends. */
    private StorageFailedError fail(String message, @Nullable Throwable cause) {
        StorageFailedError error = new StorageFailedError(message, cause);
        failed = error;
        return error;
    }

    /**
     * Gives the database up: nothing commits any more, the process ends, and the next start makes it again.
     *
     * @param reason one line
     */
    public StorageFailedError giveUp(String reason) {
        askRebuild.accept(reason);
        return fail("the database is made again at the next start, because " + reason, null);
    }

    /**
     * Begins a transaction: waits for its turn, and gives the database what it lacks, if it does. Whatever the
     * outcome, {@link #leave} ends it.
     *
     * @throws SQLException where that fails
     */
    public void enter(Connection connection) throws SQLException {
        enter(connection, null);
    }

    /** Begins a transaction of a command that joined this process. */
    void enterJoined(Connection connection) throws SQLException {
        SessionLocal session = local(connection);
        enter(connection, new JoinedSession(session));
    }

    private void enter(Connection connection, Turn.@Nullable Joined joined) throws SQLException {
        take(joined);
        changes.get().clear();
        if (!isOpening(connection)) {
            catchUp(connection);
        }
        states.awaitUnseen(connection);
    }

    /** The session of a command of another process. */
    private record JoinedSession(SessionLocal session) implements Turn.Joined {
        @Override
        public boolean isBusy() {
            return session.getState() == SessionLocal.State.RUNNING || session.getState() == SessionLocal.State.BLOCKED;
        }

        @Override
        public void rollBack() {
            session.lock();
            try {
                if (!session.isClosed()) {
                    session.rollback();
                }
            } finally {
                session.unlock();
            }
        }
    }

    private void take(Turn.@Nullable Joined joined) throws SQLException {
        try {
            turn.take(joined);
        } catch (SQLException e) {
            if (turn.isStuck()) {
                throw fail("a transaction does not end: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    /**
     * Gives the database what it lacks, after it closed itself or did not commit what the log has.
     *
     * @param connection in no transaction, or in one that has done nothing yet
     */
    private void catchUp(Connection connection) throws SQLException {
        Object found = openingOf(connection);
        H2States.protect(connection);
        suspended.set(true);
        try {
            requireHere(RedoState.read(connection));
            long records = new Replay(redo, Migrator.at(shape.schema()), () -> {}).catchUp(connection);
            LOG.warn("event=database-caught-up records={} last={}", records, redo.last());
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        } finally {
            suspended.set(false);
        }
        opening = found;
    }

    private void requireHere(@Nullable RedoState state) throws IOException {
        requireRoom(); // what cannot be read now may be there when there is room
        if (state == null || !state.store().equals(shape.store())) {
            throw giveUp("what was opened anew is another database");
        }
        if (state.last() < redo.first() - 1 || state.last() > redo.last()) {
            throw giveUp("it was opened anew at record " + state.last() + ", and the log has records " + redo.first()
                    + " to " + redo.last());
        }
    }

    private void requireRoom() throws IOException {
        long free = redo.freeBytes();
        if (free < LEAST_FREE_BYTES) {
            throw new IOException("No space left on device: " + free / 1024 + " KiB free, needs "
                    + LEAST_FREE_BYTES / 1024 + " to write the database");
        }
    }

    /**
     * Ends a transaction: log, then database. When this fails before the log has it, the transaction can be rolled back;
     * when it fails after that, it counts, and the database gets it before anything else commits.
     */
    public void commit(Connection connection) throws SQLException {
        StorageFailedError error = failed;
        if (error != null) {
            throw error;
        }
        if (!turn.isMine()) {
            throw new SQLException("the transaction took too long, and was given up", TRY_AGAIN);
        }
        changes.get()
                .settle((table, key) -> Tables.row(connection, shape.tables().get(table), key));
        List<RowChange> net = changes.get().net();
        if (net.isEmpty()) {
            connection.commit();
            leave();
            if (forces) {
                force(redo.last()); // it may have seen what another one has not forced yet
            }
            return;
        }
        if (!isOpening(connection)) {
            throw new SQLException("the database was opened anew in between", TRY_AGAIN);
        }
        long number = append(net);
        Object current = opening;
        opening = null; // whatever comes in between, the log has more than the database
        try {
            RedoState.mark(connection, number);
            connection.commit();
            opening = current;
        } catch (SQLException | RuntimeException e) {
            giveFromLog(connection, e);
        }
        leave();
        if (forces) {
            force(number);
        }
    }

    /**
     * The log has a record that the database did not take: it gets it from there, now or before the next transaction.
     *
     * @throws SQLException where that is later; never one that makes the caller try again, because the record counts
     */
    private void giveFromLog(Connection connection, Exception cause) throws SQLException {
        try {
            connection.rollback();
            catchUp(connection);
        } catch (SQLException | RuntimeException e) {
            e.addSuppressed(cause);
            throw new SQLException(
                    "the database did not take what the redo log has; it gets it later: " + e.getMessage(), e);
        }
    }

    private long append(List<RowChange> net) throws SQLException {
        try {
            return redo.append(net);
        } catch (IOException e) {
            if (redo.isFailed()) {
                throw fail("the redo log cannot be written: " + FileFault.reason(e), e);
            }
            throw new SQLException("the redo log cannot be written: " + FileFault.reason(e), e);
        }
    }

    private void force(long number) {
        try {
            redo.force(number);
        } catch (IOException e) {
            // What the disk has is unknown now, and a second try would say that all is well.
            throw fail("the redo log could not be forced to the disk: " + FileFault.reason(e), e);
        }
    }

    /** Makes the disk hold all that was committed. */
    public void force() {
        force(redo.last());
    }

    /** Ends the transaction's turn, after it was committed or rolled back. */
    public void leave() {
        changes.get().clear();
        turn.give();
    }

    /** Sets what commands may ask of this process. */
    void serve(Copies copies, Verification verification) {
        served = new Served(copies, verification);
    }

    Served served() throws SQLException {
        Served now = served;
        if (now == null) {
            throw new SQLException("this process makes no copies");
        }
        return now;
    }

    /**
     * Lets a connection see all rows as they are at a moment at which no transaction commits, until it is rolled back, and
     * begins a new file of the log there, so that the one before can go once there is a copy of this moment.
     *
     * @param connection in no transaction
     */
    Still still(Connection connection) throws SQLException, IOException {
        connection.setTransactionIsolation(Constants.TRANSACTION_SNAPSHOT);
        connection.setAutoCommit(false);
        take(null);
        try {
            if (!isOpening(connection)) {
                catchUp(connection); // else the rows would be compared with what they are to become
            }
            RedoState.read(connection); // the snapshot begins with it
            redo.roll();
            return new Still(redo.last(), redo.sums());
        } finally {
            turn.give();
        }
    }

    /** Removes files of the log whose records all are up to this one. */
    void drop(long number) throws SQLException, IOException {
        take(null);
        try {
            redo.dropBefore(number + 1);
        } finally {
            turn.give();
        }
    }

    /**
     * Lets H2 write its state of this moment, at which no transaction changes it. This is the only way by which it
     * writes. What fails is tried again the next time.
     */
    public void writeDatabase() {
        try (Connection connection = source.getConnection()) {
            requireRoom();
            H2States.await(connection); // most often it has ended long ago
            take(null);
            try {
                if (isOpening(connection)) {
                    states.write(connection);
                }
            } finally {
                turn.give();
            }
            if (writeFailures > 0) {
                LOG.info("event=database-written-again failures={}", writeFailures);
                writeFailures = 0;
            }
        } catch (SQLException | IOException | MVStoreException e) {
            if (writeFailures++ == 0) {
                LOG.warn(
                        "event=database-not-written reason=\"{}\" effect=\"tried again; the redo log has what is missing\"",
                        e.getMessage());
            }
        }
    }

    RedoLog redo() {
        return redo;
    }

    /** Closes the log; nothing commits any more. */
    @Override
    public void close() {
        GATES.remove(name, this);
        try {
            redo.close();
        } catch (IOException e) {
            LOG.warn("event=redo-log-not-closed reason=\"{}\"", e.getMessage());
        }
    }
}
