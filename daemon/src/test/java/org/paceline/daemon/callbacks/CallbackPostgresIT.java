package org.paceline.daemon.callbacks;

import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.PostgresServer;

class CallbackPostgresIT extends CallbackContract {
    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }
}
