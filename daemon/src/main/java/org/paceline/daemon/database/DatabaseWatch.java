package org.paceline.daemon.database;

import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the database answers: code that works with it reports when a statement begins, succeeds and fails, and
 * a probe asks each second. Work that failed, or has not returned for 2 s, is a fault until the same work succeeds.
 * Changes are reported within a quarter of a second.
 *
 * <p>Thread: its own, {@code database-watch}, which never waits for the database; {@link #begin} and what follows from
 * any.
 */
public final class DatabaseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final long LOOK_MILLIS = 250;
    private static final long PROBE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LIMIT_SECONDS = 2;
    private static final long LOOK_LIMIT_MILLIS = 30_000;

    /** The kinds of work with the database, each done one at a time. */
    public enum Work {
        /** Attempts are stored. */
        JOURNAL("storing attempts"),
        /** Events are written behind the calls. */
        STORE("writing what happened"),
        /** Leads are leased. */
        LEADS("leasing leads"),
        /** The probe only asks whether the database answers. */
        PROBE("asking whether it is there");

        private final String words;

        Work(String words) {
            this.words = words;
        }
    }

    /** A question to the database, answered by returning or by an exception. */
    @FunctionalInterface
    public interface Probe {
        void ask() throws Exception;
    }

    private static final class State {
        volatile boolean underWay;
        volatile long sinceNanos;
        volatile @Nullable String fault;
    }

    private final Map<Work, State> states = new EnumMap<>(Work.class);
    private final Probe probe;
    private final Consumer<@Nullable String> changed;
    /** Statements that failed since the database last answered. */
    private final AtomicLong failures = new AtomicLong();

    private final AtomicBoolean asking = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ThreadWatch threads;
    private final Thread thread;
    private volatile @Nullable String told;
    private volatile long askedAtNanos;

    /**
     * @param probe may block
     * @param changed takes why the database does not answer, one line, or null when it does again; must not block for long
     */
    public DatabaseWatch(Probe probe, Consumer<@Nullable String> changed, ThreadWatch threads) {
        this.probe = probe;
        this.changed = changed;
        this.threads = threads;
        this.thread = threads.thread("database-watch", LOOK_LIMIT_MILLIS, this::run);
        for (Work work : Work.values()) {
            states.put(work, new State());
        }
    }

    public void start() {
        askedAtNanos = System.nanoTime() - PROBE_NANOS;
        thread.start();
    }

    /** Some work with the database begins; it may never return. */
    public void begin(Work work) {
        State state = state(work);
        state.sinceNanos = System.nanoTime();
        state.underWay = true;
    }

    /** The work succeeded. */
    public void succeeded(Work work) {
        State state = state(work);
        state.underWay = false;
        state.fault = null;
    }

    /** The work failed. Where the database refuses wrong data, that is an answer, and not a fault of the database. */
    public void failed(Work work, Throwable cause) {
        State state = state(work);
        state.underWay = false;
        if (!isAnswer(cause)) {
            failures.incrementAndGet();
            state.fault = work.words + ": " + OpeningErrors.firstLine(cause);
        }
    }

    private static boolean isAnswer(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                return state.startsWith("22") || state.startsWith("23");
            }
        }
        return false;
    }

    /** Returns why the database does not answer, one line, or null when it does. */
    public @Nullable String fault() {
        long now = System.nanoTime();
        for (Map.Entry<Work, State> entry : states.entrySet()) {
            State state = entry.getValue();
            String fault = state.fault;
            if (fault != null) {
                return fault;
            }
            if (state.underWay && now - state.sinceNanos > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                return entry.getKey().words + ": no answer for more than " + LIMIT_SECONDS + " s";
            }
        }
        return null;
    }

    private State state(Work work) {
        return Objects.requireNonNull(states.get(work));
    }

    private void run(Heartbeat heartbeat) {
        try {
            do {
                heartbeat.beat();
                look();
            } while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("database watch interrupted");
        }
    }

    private void look() {
        if (System.nanoTime() - askedAtNanos >= PROBE_NANOS && asking.compareAndSet(false, true)) {
            // This is no virtual thread: one that hangs in a call to the drive would block those of the API.
            Thread.ofPlatform().name("database-probe").daemon().start(threads.guard("database-probe", this::ask));
        }
        String fault = fault();
        if (!Objects.equals(fault, told)) {
            tell(fault);
        }
    }

    private void tell(@Nullable String fault) {
        if (fault == null) {
            LOG.info("event=database-answers-again failures={}", failures.getAndSet(0));
        } else if (told == null) {
            LOG.error("event=database-does-not-answer reason=\"{}\" effect=\"nothing is dialled\"", fault);
        }
        told = fault;
        changed.accept(fault);
    }

    private void ask() {
        begin(Work.PROBE);
        try {
            probe.ask();
            succeeded(Work.PROBE);
        } catch (Exception e) {
            failed(Work.PROBE, e);
        } finally {
            askedAtNanos = System.nanoTime();
            asking.set(false);
        }
    }

    /** Closes the watch; waits at most 5 s for a look under way. A probe that hangs is left to itself. */
    @Override
    public void close() {
        closed.countDown();
        Stopping.join(thread);
    }
}
