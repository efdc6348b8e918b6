package org.paceline.daemon.gate;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.mvstore.MVStore;

/**
 * When and how H2 writes its states into its file, so that the newest one can be read after a kill at any moment
 * (ADR 22).
 *
 * <p>Thread: the one that has the turn, but for {@link #await} and {@link #protect}.
 */
final class H2States {
    /**
     * How many states of the file H2 must leave readable. Its own default, none, writes over what the newest state in the
     * file may still need when the process is killed.
     */
    private static final int KEPT = 16;

    private static final int COMPACT_EVERY = 4;
    private static final int FILL_PERCENT = 60;
    private static final int COMPACT_BYTES = 1 << 20;

    private long writes;

    /** The newest state of which it is known that it is written, or being written by {@link #write}. */
    private long seen;

    /** Keeps H2 from writing over old states too soon; asked of each opening of the file. */
    static void protect(Connection connection) throws SQLException {
        store(connection).setVersionsToKeep(KEPT);
    }

    private static MVStore store(Connection connection) throws SQLException {
        return Gate.local(connection).getDatabase().getStore().getMvStore();
    }

    /**
     * Waits for a state that is being written. Were the next one made meanwhile, it would not know that one's place, and
     * after a kill H2 could not read it.
     */
    static void await(Connection connection) throws SQLException {
        await(store(connection));
    }

    private static void await(MVStore store) {
        store.getFileStore().executeFileStoreOperation(() -> {});
    }

    /** Waits for a state that H2 writes by itself, because the transaction before changed more than its buffer holds. */
    void awaitUnseen(Connection connection) throws SQLException {
        awaitUnseen(store(connection));
    }

    private void awaitUnseen(MVStore store) {
        long version = store.getCurrentVersion();
        if (version != seen) {
            await(store);
            seen = version;
        }
    }

    /** Lets H2 write its state of now, in the background, and now and then the rest of half empty parts of the file. */
    void write(Connection connection) throws SQLException {
        MVStore store = store(connection);
        awaitUnseen(store);
        if (++writes % COMPACT_EVERY == 0) {
            store.compact(FILL_PERCENT, COMPACT_BYTES);
        }
        store.tryCommit();
        seen = store.getCurrentVersion();
    }
}
