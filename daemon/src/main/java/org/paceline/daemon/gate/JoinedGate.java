package org.paceline.daemon.gate;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The gate for a command that joined the process which has the database open: H2 calls these steps here for a
 * {@code CALL redo_enter()} there.
 *
 * <p>Thread: H2's, one for each command.
 */
public final class JoinedGate {
    private JoinedGate() {}

    /** Work at the gate. */
    @FunctionalInterface
    private interface Step<T> {
        T take(Gate gate) throws SQLException, IOException;
    }

    /** Begins a transaction. */
    public static boolean enter(Connection connection) throws SQLException {
        return at(connection, gate -> {
            gate.enterJoined(connection);
            return true;
        });
    }

    /** Ends a transaction. */
    public static boolean commit(Connection connection) throws SQLException {
        return at(connection, gate -> {
            gate.commit(connection);
            return true;
        });
    }

    /** Gives a transaction up that was rolled back. */
    public static boolean leave(Connection connection) throws SQLException {
        return at(connection, gate -> {
            gate.leave();
            return true;
        });
    }

    /** Makes a copy, and returns what was made, as {@link Copies.Made} reads it. */
    public static String copy(Connection connection) throws SQLException {
        return at(connection, gate -> gate.served().copies().make().toText());
    }

    /** Verifies a part, and returns what was found, as {@link Verification.Found} reads it. */
    public static String verify(Connection connection, String part) throws SQLException {
        return at(
                connection,
                gate -> gate.served()
                        .verification()
                        .verify(Verification.Part.valueOf(part))
                        .toText());
    }

    private static <T> T at(Connection connection, Step<T> step) throws SQLException {
        try {
            return step.take(Gate.of(connection));
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        } catch (StorageFailedError e) {
            // H2 would only tell the command.
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler().uncaughtException(self, e);
            throw e;
        }
    }
}
