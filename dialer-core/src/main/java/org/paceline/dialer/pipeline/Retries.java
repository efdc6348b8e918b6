package org.paceline.dialer.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.Heartbeat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits between attempts to write what the database did not take: 50 ms at first, 2 s at most, until it works or the
 * pipeline closes. The first failure in a row is logged with its stack; when the row ends, the count is logged.
 *
 * <p>Thread: the one that retries; {@link #close} from any.
 */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final long FIRST_MILLIS = 50;
    private static final long LONGEST_MILLIS = 2_000;

    private final String what;
    private final CountDownLatch closing = new CountDownLatch(1);
    private int failures;
    private @Nullable Heartbeat heartbeat;

    Retries(String what) {
        this.what = what;
    }

    /** Takes the heartbeat of the thread that retries, before that thread starts. */
    void beat(Heartbeat ofThread) {
        heartbeat = ofThread;
    }

    void succeeded() {
        if (failures > 0) {
            LOG.info("event={}-works-again failures={}", what, failures);
            failures = 0;
        }
    }

    /** @return false when the pipeline is closing and there is no next try */
    boolean waitBeforeNext(Exception failure) {
        if (heartbeat != null) {
            heartbeat.beat();
        }
        if (failures++ == 0) {
            LOG.error("event={}-failed retrying=true", what, failure);
        }
        long millis = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, 10));
        try {
            return !closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void close() {
        closing.countDown();
    }
}
