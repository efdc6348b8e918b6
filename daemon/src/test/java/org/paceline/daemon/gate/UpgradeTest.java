package org.paceline.daemon.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.gate.EmbeddedFiles.rows;
import static org.paceline.daemon.gate.EmbeddedFiles.value;
import static org.paceline.daemon.gate.EmbeddedFiles.write;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;

/** A database of a release that had no redo log. */
class UpgradeTest {
    private static final String OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    @TempDir
    Path directory;

    private EmbeddedFiles files;

    @BeforeEach
    void makeOlder() throws Exception {
        files = new EmbeddedFiles(directory.resolve("data"));
        Files.createDirectories(files.folder());
        String url = "jdbc:h2:" + files.path() + OPTIONS;
        Flyway.configure()
                .dataSource(url, "sa", "")
                .locations("classpath:org/paceline/daemon/database/schema")
                .target("19")
                .loggers("slf4j")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO callee SELECT x FROM generate_series(1, 1000) AS t(x)");
            statement.execute("INSERT INTO lead (campaign, e164, region, status, imported_at)"
                    + " VALUES ('spring', 13055550123, 'US', 'NEW', 0)");
        }
    }

    @Test
    void shouldKeepItsRowsAndLogWhatIsWrittenFromNowOn() throws Exception {
        try (Database database = files.open()) {
            assertThat(value(database, "SELECT COUNT(*) FROM callee")).isEqualTo("1000");
            assertThat(database.verify(Verification.Part.TABLES).whole()).isTrue();
            write(database, "DELETE FROM callee WHERE e164 > 10", "UPDATE lead SET status = 'DONE'");
            assertThat(files.records(directory.resolve("snapshot")).getLast())
                    .hasSize(991)
                    .contains("callee[11] gone");
        }
        try (Database database = files.open()) {
            assertThat(value(database, "SELECT COUNT(*) FROM callee")).isEqualTo("10");
        }
    }

    @Test
    void shouldMakeTheFileAgainFromItsFirstCopy() throws Exception {
        Map<String, List<String>> all;
        try (Database database = files.open()) {
            database.copy();
            write(database, "DELETE FROM callee WHERE e164 > 10");
            all = rows(database);
        }
        Files.delete(files.database());
        try (Database database = files.open()) {
            assertThat(rows(database)).isEqualTo(all);
        }
    }

    @Test
    void shouldRefuseItBesideTheLogOfItsLaterLife() throws Exception {
        byte[] older = Files.readAllBytes(files.database());
        files.open().close();
        Files.write(files.database(), older);
        try (Database database = files.open()) {
            throw new AssertionError(database + " opened");
        } catch (DatabaseException e) {
            assertThat(e)
                    .hasMessageStartingWith("database file " + files.database() + ": it is older than the redo log in "
                            + files.redo() + "; put back the right file");
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
        }
    }
}
