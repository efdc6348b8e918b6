package org.paceline.daemon.complaints;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseSettings;

class ComplaintTest extends ComplaintContract {
    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }
}
