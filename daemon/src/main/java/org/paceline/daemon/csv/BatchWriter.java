package org.paceline.daemon.csv;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows in batches on a thread of its own, one batch at a time, while the next one is read.
 *
 * <p>Thread: the importing one.
 */
public final class BatchWriter<T> implements AutoCloseable {
    private final int size;
    private final Write<T> write;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("import-writer").daemon().factory());
    private List<T> batch;
    private @Nullable Future<?> underWay;

    /** Writes a batch whole or not at all. */
    @FunctionalInterface
    public interface Write<T> {
        void write(List<T> batch) throws SQLException;
    }

    public BatchWriter(int size, Write<T> write) {
        this.size = size;
        this.write = write;
        this.batch = new ArrayList<>(size);
    }

    /** @return whether that filled a batch; it is now being written, and those before it have been written */
    public boolean add(T row) throws SQLException {
        batch.add(row);
        if (batch.size() < size) {
            return false;
        }
        hand();
        return true;
    }

    private void hand() throws SQLException {
        await();
        List<T> full = batch;
        batch = new ArrayList<>(size);
        underWay = thread.submit(() -> {
            write.write(full);
            return full.size();
        });
    }

    /** Writes the remaining rows and waits for that. */
    public void finish() throws SQLException {
        hand();
        await();
    }

    private void await() throws SQLException {
        Future<?> written = underWay;
        underWay = null;
        if (written == null) {
            return;
        }
        try {
            written.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while rows were written", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SQLException sql -> throw sql;
                case RuntimeException unchecked -> throw unchecked;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    /** Closes the writer; waits for a batch under way. */
    @Override
    public void close() {
        thread.close();
    }
}
