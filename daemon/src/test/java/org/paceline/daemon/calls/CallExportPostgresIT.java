package org.paceline.daemon.calls;

import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.PostgresServer;

class CallExportPostgresIT extends CallExportContract {
    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }
}
