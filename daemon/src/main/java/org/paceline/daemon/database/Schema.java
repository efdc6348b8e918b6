package org.paceline.daemon.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.DatabaseException.Reason;

/** Brings the tables to this release's version. */
final class Schema {
    /**
     * The size below which an H2 file has no tables. H2 takes a file in which every chunk is destroyed for an empty
     * one.
     */
    private static final long EMPTY_BYTES = 64 * 1024;

    private Schema() {}

    /** @param bytes size of the H2 file before it was opened, 0 where there was none */
    static void migrate(DataSource source, DatabaseSettings settings, long bytes) throws DatabaseException {
        Flyway flyway = flyway(source);
        try {
            refuseNewer(flyway, settings);
            if (bytes > EMPTY_BYTES && flyway.info().applied().length == 0) {
                throw new DatabaseException(
                        Reason.CORRUPT,
                        "database file " + settings.place() + " had " + bytes + " bytes and no readable table: it is"
                                + " corrupt or another program's; put back a backup, move the file away to begin anew, or name another under database.file");
            }
            flyway.migrate();
        } catch (FlywayException e) {
            throw explain(settings, e);
        }
    }

    /** Verifies, for a command that joins a running daemon, that the tables are this release's already. */
    static void verify(DataSource source, DatabaseSettings settings) throws DatabaseException {
        Flyway flyway = flyway(source);
        try {
            refuseNewer(flyway, settings);
            if (flyway.info().pending().length > 0) {
                throw new DatabaseException(
                        Reason.OTHER,
                        settings.place() + " is open in a daemon of an older release: use that one's command, or"
                                + " restart the daemon with this one");
            }
        } catch (FlywayException e) {
            throw explain(settings, e);
        }
    }

    private static DatabaseException explain(DatabaseSettings settings, FlywayException e) {
        return OpeningErrors.isReadOnly(e)
                ? OpeningErrors.explain(settings, new SQLException(e.getMessage(), "25006", e))
                : new DatabaseException(
                        Reason.OTHER, "tables of " + settings.place() + ": " + OpeningErrors.firstLine(e), e);
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:org/paceline/daemon/database/schema")
                .loggers("slf4j")
                .load();
    }

    private static void refuseNewer(Flyway flyway, DatabaseSettings settings) throws DatabaseException {
        var migrations = flyway.info();
        @Nullable MigrationVersion newestKnown = null;
        for (MigrationInfo migration : migrations.all()) {
            if (migration.getState().isResolved()) {
                newestKnown = migration.getVersion();
            }
        }
        @Nullable MigrationInfo current = migrations.current();
        if (current != null
                && newestKnown != null
                && current.getVersion() != null
                && current.getVersion().compareTo(newestKnown) > 0) {
            throw new DatabaseException(
                    Reason.NEWER_SCHEMA,
                    settings.place() + " has tables of version " + current.getVersion() + ", this release knows "
                            + newestKnown + ": use the newer release");
        }
    }
}
