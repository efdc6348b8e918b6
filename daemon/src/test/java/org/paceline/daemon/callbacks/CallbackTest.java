package org.paceline.daemon.callbacks;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.database.DatabaseSettings;

class CallbackTest extends CallbackContract {
    @TempDir
    Path directory;

    @Override
    protected DatabaseSettings freshSettings() {
        return DatabaseSettings.embedded(directory.resolve("paceline"));
    }
}
