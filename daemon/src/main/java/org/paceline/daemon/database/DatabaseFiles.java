package org.paceline.daemon.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.paceline.daemon.database.DatabaseException.Reason;
import org.paceline.daemon.files.PrivateFiles;
import org.paceline.yaml.FileFault;

/** The folder and the file of an embedded database, and its disk. Thread: any. */
final class DatabaseFiles {
    /** The least free space; with less, nothing is dialled, so that the events of live calls can still be written. */
    private static final long LEAST_FREE_BYTES = 1 << 20;

    private DatabaseFiles() {}

    /** Makes the folder of the file. */
    static void makeFolder(Path file) throws DatabaseException {
        Path folder = file.getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new DatabaseException(
                    Reason.OTHER,
                    "directory " + folder + " of the database cannot be made: " + FileFault.reason(e)
                            + "; mend that, or name another place under database.file",
                    e);
        }
    }

    /** Makes the file, because H2 would make it readable by everybody. */
    static void makeFile(DatabaseSettings settings) throws DatabaseException {
        Path file = settings.databaseFile();
        try {
            PrivateFiles.create(file);
        } catch (IOException e) {
            throw new DatabaseException(
                    Reason.OTHER,
                    file + " of the database cannot be made, or its rights not be taken from others: "
                            + FileFault.reason(e) + "; mend that, or name another place under database.file",
                    e);
        }
    }

    /** Refuses what could not even write its tables; H2 and Flyway would tell it with a trace each. */
    static void refuseFullDiskAtStart(DatabaseSettings settings) throws DatabaseException {
        try {
            refuseFullDisk(settings);
        } catch (SQLException e) {
            throw new DatabaseException(
                    Reason.OTHER, e.getMessage() + "; make room, or name another place under database.file", e);
        }
    }

    static void refuseFullDisk(DatabaseSettings settings) throws SQLException {
        if (!settings.isEmbedded()) {
            return;
        }
        Path file = settings.databaseFile();
        try {
            long free = Files.getFileStore(file).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new SQLException("the disk of " + file + " is full: " + free / 1024 + " KiB free, needs "
                        + LEAST_FREE_BYTES / 1024);
            }
        } catch (IOException e) {
            throw new SQLException("database file " + file + " cannot be found: " + FileFault.reason(e), e);
        }
    }
}
