package org.paceline.daemon.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.DatabaseException.Reason;

/** The version of a database's tables, and the way to another one. Thread: one at a time. */
final class Schema {
    /**
     * The size below which an H2 file has no tables. H2 takes a file in which every chunk is destroyed for an empty
     * one.
     */
    private static final long EMPTY_BYTES = 64 * 1024;

    private final DataSource source;
    private final DatabaseSettings settings;

    /** The version found, until it changes; asking is slow. */
    private @Nullable String version;

    Schema(DataSource source, DatabaseSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    /** Brings the tables to this release's version. */
    void migrate() throws DatabaseException {
        explained(() -> {
            refuseNewer();
            version = null;
            configuration().load().migrate();
        });
    }

    /** Brings the tables to an older release's version, from a still older one. */
    void migrateTo(String target) throws DatabaseException {
        explained(() -> {
            version = null;
            configuration().target(target).load().migrate();
        });
    }

    /** Returns the version of the tables; an empty text where there are none. */
    String version() {
        String found = version;
        if (found == null) {
            MigrationInfo current = configuration().load().info().current();
            found = current == null || current.getVersion() == null
                    ? ""
                    : current.getVersion().getVersion();
            version = found;
        }
        return found;
    }

    /**
     * Refuses a file in which H2 found nothing of what was there.
     *
     * @param bytes size of the H2 file before it was opened, 0 where there was none
     */
    void refuseUnreadable(long bytes) throws DatabaseException {
        if (bytes > EMPTY_BYTES && version().isEmpty()) {
            throw new DatabaseException(
                    Reason.CORRUPT,
                    "database file " + settings.place() + " had " + bytes + " bytes and no readable table: it is"
                            + " corrupt or another program's; put back a backup, move the file away to begin anew, or name another under database.file");
        }
    }

    /** Whether the tables are of an older release. */
    boolean hasPending() throws DatabaseException {
        boolean[] pending = new boolean[1];
        explained(() -> pending[0] = isPending());
        return pending[0];
    }

    private boolean isPending() {
        return configuration().load().info().pending().length > 0;
    }

    /** Verifies, for a command that joins a running daemon, that the tables are this release's already. */
    void verify() throws DatabaseException {
        explained(() -> {
            refuseNewer();
            if (isPending()) {
                throw new DatabaseException(
                        Reason.OTHER,
                        settings.place() + " is open in a daemon of an older release: use that one's command, or"
                                + " restart the daemon with this one");
            }
        });
    }

    /** Works with Flyway, which fails unchecked. */
    @FunctionalInterface
    private interface Work {
        void run() throws DatabaseException;
    }

    private void explained(Work work) throws DatabaseException {
        try {
            work.run();
        } catch (FlywayException e) {
            throw OpeningErrors.isReadOnly(e)
                    ? OpeningErrors.explain(settings, new SQLException(e.getMessage(), "25006", e))
                    : new DatabaseException(
                            Reason.OTHER, "tables of " + settings.place() + ": " + OpeningErrors.firstLine(e), e);
        }
    }

    private FluentConfiguration configuration() {
        return Flyway.configure()
                .dataSource(source)
                .locations("classpath:org/paceline/daemon/database/schema")
                .loggers("slf4j");
    }

    private void refuseNewer() throws DatabaseException {
        var migrations = configuration().load().info();
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
