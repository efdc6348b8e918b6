package org.paceline.daemon.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;

/**
 * Errors after which a connection is of no use, besides those that the pool knows: the embedded database closed itself
 * (disk full), or the server became a standby. The next connection opens the file again, or goes to the server that
 * took over.
 *
 * <p>Thread: any.
 */
final class UselessConnections implements SQLExceptionOverride {
    private static final Set<Integer> CLOSED = Set.of(
            ErrorCode.DATABASE_IS_CLOSED,
            ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
            ErrorCode.DATABASE_ALREADY_OPEN_1,
            ErrorCode.FILE_CORRUPTED_1,
            ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2,
            ErrorCode.CONNECTION_BROKEN_1);
    private static final String READ_ONLY_TRANSACTION = "25006";

    @java.lang.Override
    public Override adjudicate(SQLException e) {
        boolean useless =
                CLOSED.contains(e.getErrorCode()) || READ_ONLY_TRANSACTION.equals(e.getSQLState()) || isStoreBroken(e);
        return useless ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }

    private static boolean isStoreBroken(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MVStoreException) {
                return true;
            }
        }
        return false;
    }
}
