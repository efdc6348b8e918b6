package org.paceline.daemon.database;

import java.sql.SQLException;
import org.h2.api.ErrorCode;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs transactions through a {@link Committer}, and again where another one got in their way. Thread: any. */
final class Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final int MAX_TRIES = 5;

    private final Jdbi jdbi;
    private final Committer committer;

    Transactions(Jdbi jdbi, Committer committer) {
        this.jdbi = jdbi;
        this.committer = committer;
    }

    /** See {@link Database#write}. */
    <T extends @Nullable Object, X extends Exception> T run(HandleCallback<T, X> work) throws X {
        int tries = 1;
        while (true) {
            try {
                return writeOnce(work);
            } catch (Exception e) {
                committer.requireSound(e);
                if (tries == MAX_TRIES || !passes(e)) {
                    throw e;
                }
                LOG.debug(
                        "event=transaction-failed try={} effect=\"tried again\" reason=\"{}\"",
                        tries,
                        OpeningErrors.firstLine(e));
                tries++;
            }
        }
    }

    private <T extends @Nullable Object, X extends Exception> T writeOnce(HandleCallback<T, X> work) throws X {
        try (Handle handle = jdbi.open()) {
            boolean ended = false;
            try {
                T result = handle.inTransaction(open -> commit(open, work));
                ended = true;
                return result;
            } finally {
                if (!ended) {
                    leave(handle);
                }
            }
        }
    }

    private <T extends @Nullable Object, X extends Exception> T commit(Handle handle, HandleCallback<T, X> work)
            throws X {
        enter(handle);
        T result = work.withHandle(handle);
        commit(handle);
        return result;
    }

    private void enter(Handle handle) {
        try {
            committer.enter(handle.getConnection());
        } catch (SQLException e) {
            throw new TransactionException(e.getMessage(), e);
        }
    }

    private void leave(Handle handle) {
        try {
            committer.leave(handle.getConnection());
        } catch (SQLException e) {
            LOG.debug("event=transaction-not-left reason=\"{}\"", OpeningErrors.firstLine(e));
        }
    }

    private void commit(Handle handle) {
        try {
            committer.commit(handle.getConnection());
        } catch (SQLException e) {
            throw new TransactionException(e.getMessage(), e);
        }
    }

    /** Whether the transaction only conflicted with another one and was rolled back whole. */
    private static boolean passes(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                String state = sql.getSQLState();
                return "40001".equals(state)
                        || "40P01".equals(state)
                        || sql.getErrorCode() == ErrorCode.LOCK_TIMEOUT_1
                        || sql.getErrorCode() == ErrorCode.CONCURRENT_UPDATE_1;
            }
        }
        return false;
    }
}
