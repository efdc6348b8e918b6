package org.paceline.daemon.calls;

import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.PostgresServer;

class CallArchivePostgresIT extends CallArchiveContract {
    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }
}
