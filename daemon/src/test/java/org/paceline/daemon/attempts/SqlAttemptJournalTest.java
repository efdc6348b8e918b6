package org.paceline.daemon.attempts;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseSettings;

class SqlAttemptJournalTest extends AttemptJournalContract {
    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }
}
