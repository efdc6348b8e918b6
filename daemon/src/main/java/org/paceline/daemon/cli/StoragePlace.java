package org.paceline.daemon.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.gate.Storage;
import org.paceline.daemon.run.Settings;

/**
 * Where a node's embedded database is.
 *
 * @param command its name, for errors
 * @param database the path that the configuration names, without an ending
 */
record StoragePlace(String command, DatabaseSettings settings, Path database) {

    /**
     * @param instead what is used for a database server instead
     * @throws CommandFailed where the configuration names a server
     */
    static StoragePlace of(String command, Configuration configuration, String instead) {
        DatabaseSettings settings = Settings.database(configuration.daemon());
        Path path = configuration.daemon().database().file();
        if (path == null) {
            throw new CommandFailed(command + ": database.url is a PostgreSQL server: " + instead);
        }
        return new StoragePlace(command, settings, path.toAbsolutePath().normalize());
    }

    /** The folder of the redo log and the copies. */
    Path folder() {
        return Storage.folderOf(database);
    }

    /**
     * Refuses a place where nothing is, because opening it would make an empty database there.
     *
     * @throws CommandFailed where neither a database nor a log is
     */
    void requireDatabase() {
        Path file = settings.databaseFile();
        if (!Files.exists(file) && !Files.isDirectory(folder())) {
            throw new CommandFailed(command + ": there is no database " + file
                    + ": correct database.file, or name the right configuration with --config");
        }
    }
}
