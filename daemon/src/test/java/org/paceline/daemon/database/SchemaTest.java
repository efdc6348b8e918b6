package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final DatabaseSettings SETTINGS = DatabaseSettings.embedded(Path.of("floor"));

    @Test
    void shouldTellACommandInOneLineWhenTheDaemonsDatabaseIsClosed() {
        assertThatThrownBy(() -> new Schema(new ClosedSource(), SETTINGS).verify())
                .isInstanceOf(DatabaseException.class)
                .hasMessage("tables of " + SETTINGS.place() + ": No space left on device");
    }

    @Test
    void shouldTellADaemonInOneLineWhenItsTablesCannotBeRead() {
        assertThatThrownBy(() -> new Schema(new ClosedSource(), SETTINGS).migrate())
                .isInstanceOf(DatabaseException.class)
                .hasMessage("tables of " + SETTINGS.place() + ": No space left on device");
    }

    /** A database that closed itself, as H2 does when the disk is full. */
    private static final class ClosedSource extends HikariDataSource {
        @Override
        public Connection getConnection() throws SQLException {
            throw new SQLException("the database has been closed", new SQLException("No space left on device"));
        }
    }
}
