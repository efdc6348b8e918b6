package org.paceline.daemon.ledger;

import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.PostgresServer;

class LedgerWatchPostgresIT extends LedgerWatchContract {
    @Override
    protected DatabaseSettings freshSettings() {
        return PostgresServer.freshDatabase();
    }
}
