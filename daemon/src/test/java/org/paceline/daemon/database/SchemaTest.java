package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final DatabaseSettings SETTINGS = DatabaseSettings.embedded(Path.of("floor"));

    @Test
    void shouldTellACommandInOneLineWhenTheDaemonsDatabaseIsClosed() {
        assertThatThrownBy(() -> Schema.verify(new ClosedSource(), SETTINGS))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("tables of " + SETTINGS.place() + ": No space left on device");
    }

    @Test
    void shouldTellADaemonInOneLineWhenItsTablesCannotBeRead() {
        assertThatThrownBy(() -> Schema.migrate(new ClosedSource(), SETTINGS, 0))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("tables of " + SETTINGS.place() + ": No space left on device");
    }

    /** A database that closed itself, as H2 does when the disk is full. */
    private static final class ClosedSource implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("the database has been closed", new SQLException("No space left on device"));
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("is no " + type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
