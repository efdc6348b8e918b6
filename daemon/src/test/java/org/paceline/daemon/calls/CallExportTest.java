package org.paceline.daemon.calls;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseSettings;

class CallExportTest extends CallExportContract {
    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }
}
