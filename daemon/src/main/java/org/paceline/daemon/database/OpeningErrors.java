package org.paceline.daemon.database;

import java.io.EOFException;
import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.DatabaseException.Reason;

/** Says in one line why a database does not open. */
public final class OpeningErrors {
    /** The end of the first line of H2's messages; the statement itself is on the next. */
    private static final String STATEMENT = "; SQL statement:";

    private static final String REMEDY =
            ": put back a backup, move the file away to begin anew, or name another file under database.file";

    private OpeningErrors() {}

    /** Returns the reason of a corrupt file without what its user could do, where Paceline itself mends it. */
    static String fault(DatabaseSettings settings, DatabaseException e) {
        return firstLine(e).replace(REMEDY, "").replace("database file " + settings.place(), "it");
    }

    static DatabaseException explain(DatabaseSettings settings, SQLException e) {
        return settings.isEmbedded() ? embedded(settings, e) : server(settings, e);
    }

    private static DatabaseException embedded(DatabaseSettings settings, SQLException e) {
        String place = "database file " + settings.place();
        if (e.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) {
            return inUse(settings);
        }
        if (isCorrupt(e)) {
            return corrupt(settings, e);
        }
        return switch (e.getErrorCode()) {
            case ErrorCode.WRONG_USER_OR_PASSWORD ->
                new DatabaseException(
                        Reason.WRONG_PASSWORD,
                        place + " refused user " + settings.user() + ": wrong database.user or database.password",
                        e);
            case ErrorCode.FILE_VERSION_ERROR_1 ->
                new DatabaseException(
                        Reason.NEWER_SCHEMA,
                        place + " was written by another version of H2: use that one's release",
                        e);
            default -> new DatabaseException(Reason.OTHER, place + " cannot be opened: " + firstLine(e), e);
        };
    }

    /** Returns the error for an embedded database that another process has open. */
    public static DatabaseException inUse(DatabaseSettings settings) {
        Long pid = SideDoor.pidOf(settings.file());
        return new DatabaseException(
                Reason.IN_USE,
                "database file " + settings.place() + " is in use by another process"
                        + (pid == null ? "" : " (pid " + pid + ")")
                        + ": stop that one, or name another under database.file");
    }

    static DatabaseException corrupt(DatabaseSettings settings, @Nullable SQLException e) {
        return new DatabaseException(
                Reason.CORRUPT, "database file " + settings.place() + " is corrupt or no H2 database" + REMEDY, e);
    }

    /** Whether H2 met damage in an open file. */
    public static boolean isDamage(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            boolean damage = switch (cause) {
                case SQLException sql -> sql.getErrorCode() == ErrorCode.FILE_CORRUPTED_1;
                case MVStoreException store ->
                    store.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT
                            || store.getErrorCode() == DataUtils.ERROR_CHUNK_NOT_FOUND;
                default -> false;
            };
            if (damage) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCorrupt(SQLException e) {
        if (e.getErrorCode() == ErrorCode.FILE_CORRUPTED_1) {
            return true;
        }
        for (Throwable cause : e) { // those of a batch are beside each other
            // The file ends in the middle of the data that its header announces.
            if (cause instanceof EOFException) {
                return true;
            }
            if (cause instanceof MVStoreException store
                    && (store.getErrorCode() == DataUtils.ERROR_FILE_CORRUPT
                            || store.getErrorCode() == DataUtils.ERROR_CHUNK_NOT_FOUND
                            || store.getErrorCode() == DataUtils.ERROR_INTERNAL)) {
                return true;
            }
        }
        return false;
    }

    private static DatabaseException server(DatabaseSettings settings, SQLException e) {
        String place = "database " + settings.place();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.startsWith("08")) {
            return new DatabaseException(
                    Reason.UNREACHABLE, place + " cannot be reached: " + firstLine(e) + ": is the server up?", e);
        }
        if (state.startsWith("28")) {
            return new DatabaseException(
                    Reason.WRONG_PASSWORD,
                    place + " refused user " + settings.user() + ": wrong database.user or database.password",
                    e);
        }
        if (state.equals("53300")) {
            return new DatabaseException(
                    Reason.UNREACHABLE,
                    place
                            + " has no connection left: raise max_connections, or lower database.connections of its nodes",
                    e);
        }
        if (state.equals("57P03")) {
            return new DatabaseException(
                    Reason.UNREACHABLE, place + " is starting up or shutting down: try again in a moment", e);
        }
        if (state.equals("25006")) {
            return new DatabaseException(
                    Reason.OTHER,
                    place + " only reads: it is a standby; name the primary, or add ?targetServerType=primary",
                    e);
        }
        if (state.equals("3D000")) {
            return new DatabaseException(
                    Reason.OTHER, place + " does not exist: create it, or correct database.url", e);
        }
        return new DatabaseException(Reason.OTHER, place + " cannot be opened: " + firstLine(e), e);
    }

    /** Whether a server refused to write because it is a standby. */
    static boolean isReadOnly(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && "25006".equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the innermost cause's first line, which says more than its wrappers. */
    public static String firstLine(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        @Nullable String message = inner.getMessage();
        if (message == null || message.isBlank()) {
            return inner.getClass().getSimpleName();
        }
        String line = message.strip().lines().findFirst().orElse(message);
        return JdbcUrls.masked(line.endsWith(STATEMENT) ? line.substring(0, line.length() - STATEMENT.length()) : line);
    }
}
