package org.paceline.daemon.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseSettings;

class LedgerWatchTest extends LedgerWatchContract {
    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }
}
