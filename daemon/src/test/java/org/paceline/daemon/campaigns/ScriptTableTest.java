package org.paceline.daemon.campaigns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.value;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.dialer.id.CampaignId;

class ScriptTableTest {
    private static final CampaignId SPRING = new CampaignId("spring");

    @TempDir
    Path directory;

    @Test
    void shouldKeepEachTextOnceAndSayWhetherItWasApproved() throws Exception {
        try (Database database = Database.open(DatabaseSettings.embedded(directory.resolve("paceline")))) {
            ScriptTable scripts = new ScriptTable(database);
            ScriptFile approved = new ScriptFile(Path.of("spring.txt"), "v3", "ab", "ab", "Good morning.");
            scripts.keep(SPRING, approved, 5);
            scripts.keep(SPRING, approved, 6);
            scripts.keep(SPRING, new ScriptFile(Path.of("spring.txt"), "v3", "ab", "cd", "Good evening."), 7);
            assertThat(value(
                            database,
                            "SELECT text || ' ' || kept_at FROM script_version WHERE campaign = 'spring' AND version = 'v3'"
                                    + " AND approved"))
                    .isEqualTo("Good morning. 5");
            assertThat(value(database, "SELECT text FROM script_version WHERE NOT approved"))
                    .isEqualTo("Good evening.");
        }
    }
}
