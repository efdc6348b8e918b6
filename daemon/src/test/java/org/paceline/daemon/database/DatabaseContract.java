package org.paceline.daemon.database;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test that needs a fresh database. */
public abstract class DatabaseContract {
    protected Database database;

    protected abstract DatabaseSettings freshSettings() throws Exception;

    @BeforeEach
    void openDatabase() throws Exception {
        database = Database.open(freshSettings());
    }

    @AfterEach
    void closeDatabase() {
        if (database != null) {
            database.close();
        }
    }
}
