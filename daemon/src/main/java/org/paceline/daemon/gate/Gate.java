package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.redo.RedoLog;
import org.paceline.daemon.redo.RowChange;
import org.paceline.daemon.redo.StoreShape;
import org.paceline.daemon.redo.TableSums;
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

    /** Tells a command that joined the process to try its transaction again. */
    private static final String TRY_AGAIN = "40001";

    /**
     * How many states of the file H2 must leave readable. Its own default, none, writes over what the newest state in the
     * file may still need when the process is killed.
     */
    private static final int STATES = 16;

    private static final int COMPACT_EVERY = 4;
    private static final int FILL_PERCENT = 60;
    private static final int COMPACT_BYTES = 1 << 20;

    private final RedoLog redo;
    private final StoreShape shape;
    private final DataSource source;
    private final boolean forces;
    private final String name;
    private final Turn turn = new Turn();
    private final ThreadLocal<Changes> changes = ThreadLocal.withInitial(Changes::new);
    private final ThreadLocal<Boolean> suspended = ThreadLocal.withInitial(() -> false);
    private volatile @Nullable Object opening;
    private volatile @Nullable Copies copies;
    private volatile @Nullable Verification verification;
    private volatile @Nullable RuntimeException spoilt;
    private long writes;

    /** What a copy is made of. */
    record Still(long number, TableSums sums) {}

    /** A question at the moment at which no transaction commits. */
    @FunctionalInterface
    interface Look {
        void look() throws SQLException;
    }

    /**
     * Makes the gate of a database whose rows are those of the log.
     *
     * @param forces whether a transaction has ended only once the disk has it
     */
    Gate(RedoLog redo, StoreShape shape, DataSource source, boolean forces) throws SQLException {
        this.redo = redo;
        this.shape = shape;
        this.source = source;
        this.forces = forces;
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

    private static SessionLocal local(Connection connection) throws SQLException {
        Session session = connection.unwrap(JdbcConnection.class).getSession();
        if (session instanceof SessionLocal local) {
            return local;
        }
        throw new SQLException("the session is another process's");
    }

    private static Object openingOf(Connection connection) throws SQLException {
        return local(connection).getDatabase();
    }

    /** Keeps H2 from writing over old states too soon; asked of each opening of the file. */
    static void protect(Connection connection) throws SQLException {
        store(connection).setVersionsToKeep(STATES);
    }

    private static MVStore store(Connection connection) throws SQLException {
        return local(connection).getDatabase().getStore().getMvStore();
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

    /** A row could not be told: nothing may commit any more. */
    void spoil(RuntimeException cause) {
        spoilt = cause;
    }

    /**
     * Begins a transaction: waits for its turn, and gives the database what it lacks, if it does. Whatever the
     * outcome, {@link #leave} ends it.
     *
     * @throws SQLException where that fails
     */
    public void enter(Connection connection) throws SQLException {
        enter(connection, false);
    }

    private void enter(Connection connection, boolean joined) throws SQLException {
        turn.take(joined);
        changes.get().clear();
        if (openingOf(connection) != opening) {
            catchUp();
        }
    }

    private void catchUp() throws SQLException {
        try (Connection own = source.getConnection()) {
            Object found = openingOf(own);
            protect(own);
            suspended.set(true);
            try {
                long records = new Replay(redo, Migrator.at(shape.schema())).catchUp(own);
                LOG.warn("event=database-caught-up records={} last={}", records, redo.last());
            } catch (IOException e) {
                throw new SQLException(e.getMessage(), e);
            } finally {
                suspended.set(false);
            }
            opening = found;
        }
    }

    /**
     * Ends a transaction: log, then database. When this fails before the log has it, the transaction can be rolled back;
     * when it fails after that, it counts, and the database gets it before anything else commits.
     */
    public void commit(Connection connection) throws SQLException {
        RuntimeException cause = spoilt;
        if (cause != null) {
            throw new SQLException("a row cannot be logged: " + cause.getMessage(), cause);
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
            return;
        }
        if (openingOf(connection) != opening) {
            throw new SQLException("the database was opened anew in between", TRY_AGAIN);
        }
        long number = append(net);
        try {
            mark(connection, number);
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            opening = null; // until it has caught up
            throw e;
        }
        leave();
        if (forces) {
            force(number);
        }
    }

    private long append(List<RowChange> net) throws SQLException {
        try {
            return redo.append(net);
        } catch (IOException e) {
            throw new SQLException("the redo log cannot be written: " + e.getMessage(), e);
        }
    }

    static void mark(Connection connection, long number) throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement("UPDATE redo_state SET last_record = ?")) {
            mark.setLong(1, number);
            mark.executeUpdate();
        }
    }

    private void force(long number) {
        try {
            redo.force(number);
        } catch (IOException e) {
            // What the disk has is unknown now, and a second try would say that all is well.
            throw new ForceFailedError("the redo log could not be forced to the disk: " + e.getMessage(), e);
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

    /** Begins a transaction of a command that joined this process; H2 calls it for {@code CALL redo_enter()}. */
    public static boolean enterJoined(Connection connection) throws SQLException {
        of(connection).enter(connection, true);
        return true;
    }

    /** Gives a rolled back transaction of such a command up; H2 calls it for {@code CALL redo_leave()}. */
    public static boolean leaveJoined(Connection connection) throws SQLException {
        of(connection).leave();
        return true;
    }

    /** What commands may ask of this process. */
    void serve(Copies made, Verification verified) {
        copies = made;
        verification = verified;
    }

    /** Makes a copy for a command that joined this process, and returns what was made, a word each. */
    public static String copyJoined(Connection connection) throws SQLException {
        Copies maker = of(connection).copies;
        if (maker == null) {
            throw new SQLException("this process makes no copies");
        }
        try {
            return maker.make().toText();
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** Verifies a part for such a command: the first line says whether it is whole. */
    public static String verifyJoined(Connection connection, String part) throws SQLException {
        Verification verifier = of(connection).verification;
        if (verifier == null) {
            throw new SQLException("this process verifies nothing");
        }
        try {
            return verifier.verify(Verification.Part.valueOf(part)).toText();
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** Ends a transaction of such a command; H2 calls it for {@code CALL redo_commit()}. */
    public static boolean commitJoined(Connection connection) throws SQLException {
        of(connection).commit(connection);
        return true;
    }

    /**
     * Looks at the database while nothing is written, and begins a new file of the log there, so that the one before can
     * go once there is a copy of this moment.
     */
    Still still(Look look) throws SQLException, IOException {
        turn.take(false);
        try {
            look.look();
            redo.roll();
            return new Still(redo.last(), redo.sums());
        } finally {
            turn.give();
        }
    }

    /** Removes files of the log whose records all are up to this one. */
    void drop(long number) throws SQLException, IOException {
        turn.take(false);
        try {
            redo.dropBefore(number + 1);
        } finally {
            turn.give();
        }
    }

    /**
     * Lets H2 write its state of this moment, at which no transaction changes it, in the background. This is the only
     * way by which it writes.
     */
    public void writeDatabase() {
        try (Connection connection = source.getConnection()) {
            turn.take(false);
            try {
                MVStore store = store(connection);
                if (++writes % COMPACT_EVERY == 0) {
                    store.compact(FILL_PERCENT, COMPACT_BYTES);
                }
                store.tryCommit();
            } finally {
                turn.give();
            }
        } catch (SQLException e) {
            LOG.debug("database not written", e);
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
