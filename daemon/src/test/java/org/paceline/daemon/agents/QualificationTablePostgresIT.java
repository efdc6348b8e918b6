package org.paceline.daemon.agents;

import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.PostgresServer;

class QualificationTablePostgresIT extends QualificationContract {
    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }
}
