package org.paceline.daemon.database;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.SQLException;
import org.paceline.daemon.gate.Gate;

/** How transactions of a database begin and end. Thread: any; a transaction stays on its thread. */
interface Committer {
    /** A transaction begins. */
    default void enter(Connection connection) throws SQLException {}

    /** The transaction's work is done: commits it. */
    void commit(Connection connection) throws SQLException;

    /** The transaction was rolled back. */
    default void leave(Connection connection) throws SQLException {}

    /** Makes the disk hold all that was committed. */
    default void sync() {}

    /** A transaction failed: where the file is damaged, the process cannot go on with it. */
    default void requireSound(Exception failure) {}

    /** A server has a log of its own. */
    record OfServer() implements Committer {
        @Override
        public void commit(Connection connection) throws SQLException {
            connection.commit();
        }
    }

    /** The process that has the file open. */
    record ThroughGate(Gate gate) implements Committer {
        @Override
        public void enter(Connection connection) throws SQLException {
            gate.enter(connection);
        }

        @Override
        public void commit(Connection connection) throws SQLException {
            gate.commit(connection);
        }

        @Override
        public void leave(Connection connection) {
            gate.leave();
        }

        @Override
        public void sync() {
            gate.force();
        }

        @Override
        public void requireSound(Exception failure) {
            if (OpeningErrors.isDamage(failure)) {
                throw gate.giveUp("its file is damaged: " + OpeningErrors.firstLine(failure));
            }
        }
    }

    /** A command that joined that process, in which the gate stands. */
    record Joined() implements Committer {
        @Override
        public void enter(Connection connection) throws SQLException {
            call(connection, "CALL redo_enter()");
        }

        @Override
        public void commit(Connection connection) throws SQLException {
            call(connection, "CALL redo_commit()");
        }

        @Override
        public void leave(Connection connection) throws SQLException {
            call(connection, "CALL redo_leave()");
        }

        private static void call(Connection connection, String step) throws SQLException {
            try (CallableStatement call = connection.prepareCall(step)) {
                call.execute();
            }
        }
    }
}
