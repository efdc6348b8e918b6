package org.paceline.daemon.database;

import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Recognises failures whose cause is outside of the program: a server that is gone, a disk that is full, a file that may
 * not be read. Their reason is one line, and where in the program they were met says nothing more.
 *
 * <p>Thread: any.
 */
public final class Outage {
    /**
     * Classes of SQLSTATE: connection, insufficient resources, operator intervention, system error (PostgreSQL 18,
     * appendix A). H2 has its own numbers; its errors are told by their types and causes.
     */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    /**
     * A transaction that was idle for too long was ended by the server; the server only reads; H2 closed itself (90098,
     * 90121).
     */
    private static final Set<String> STATES = Set.of("25P03", "25006", "90098", "90121");

    /** What H2's storage says of a disk that fails or is full, and after it closed itself. */
    private static final Set<Integer> STORE_ERRORS =
            Set.of(DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED);

    private Outage() {}

    /** Returns the reason in one line where an outage is the cause; null where it is anything else. */
    public static @Nullable String reason(Throwable failure) {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = behind(cause)) {
            if (isOutage(cause)) {
                return OpeningErrors.firstLine(cause);
            }
            last = cause;
        }
        return last instanceof IOException ? OpeningErrors.firstLine(last) : null;
    }

    /** Returns the cause; that of a batch is behind its next exception. */
    private static @Nullable Throwable behind(Throwable failure) {
        return failure instanceof BatchUpdateException batch && batch.getCause() == null
                ? batch.getNextException()
                : failure.getCause();
    }

    private static boolean isOutage(Throwable cause) {
        if (cause instanceof SQLTransientConnectionException || cause instanceof SQLNonTransientConnectionException) {
            return true;
        }
        if (cause instanceof MVStoreException store) {
            return STORE_ERRORS.contains(store.getErrorCode());
        }
        if (cause instanceof SQLException sql) {
            String state = sql.getSQLState() == null ? "" : sql.getSQLState();
            return STATES.contains(state) || (state.length() == 5 && CLASSES.contains(state.substring(0, 2)));
        }
        return false;
    }
}
