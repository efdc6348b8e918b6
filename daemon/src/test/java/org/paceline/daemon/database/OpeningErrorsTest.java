package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpeningErrorsTest {
    @ParameterizedTest
    @CsvSource({
        "53300, has no connection left: raise max_connections",
        "57P03, is starting up or shutting down: try again",
        "25006, only reads: it is a standby; name the primary",
        "08001, cannot be reached: refused: is the server up?"
    })
    void shouldSayWhatToDoAboutAServerThatDoesNotTakeUs(String state, String words) {
        DatabaseSettings settings = new DatabaseSettings(
                "jdbc:postgresql://db.example.com/paceline?password=secret", "paceline", "", 8, Durability.PROCESS);
        assertThat(OpeningErrors.explain(settings, new SQLException("refused", state)))
                .hasMessageStartingWith("database postgresql://db.example.com/paceline " + words)
                .hasMessageNotContaining("secret");
    }
}
