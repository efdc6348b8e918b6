package org.paceline.daemon.gate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends commits of H2 that a kill cut off in their middle. H2 writes its state while a large transaction commits, and
 * opens such a state as it is: part of the transaction's rows are there, and whoever changes one of the others waits for
 * ever, because {@link TransactionStore#endLeftoverTransactions} takes the transaction for one that has ended (H2
 * 2.5.252, {@code Transaction.commit} and {@code isActive}). What ends it is there, but not public.
 *
 * <p>Thread: the one that opens the database, before anybody else uses it.
 */
final class CutOffCommits {
    private static final Logger LOG = LoggerFactory.getLogger(CutOffCommits.class);

    private CutOffCommits() {}

    /** @throws BadDatabaseException where it cannot be ended: the rows of the database are not those of any moment */
    static void end(Connection connection) throws SQLException, BadDatabaseException {
        TransactionStore store = Gate.local(connection).getDatabase().getStore().getTransactionStore();
        for (Transaction transaction : store.getOpenTransactions()) {
            if (transaction.getStatus() == Transaction.STATUS_COMMITTED) {
                end(store, transaction);
            }
        }
    }

    private static void end(TransactionStore store, Transaction transaction) throws BadDatabaseException {
        try {
            Method commit = TransactionStore.class.getDeclaredMethod("commit", Transaction.class, boolean.class);
            Method end = TransactionStore.class.getDeclaredMethod("endTransaction", Transaction.class, boolean.class);
            commit.setAccessible(true);
            end.setAccessible(true);
            commit.invoke(store, transaction, true); // true: its undo log says already that it is committed
            end.invoke(store, transaction, true);
            LOG.info("event=cut-off-commit-ended");
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new BadDatabaseException("a commit that was cut off cannot be ended: " + e);
        }
    }
}
