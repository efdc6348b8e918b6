package org.paceline.dialer.pipeline;

import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.TimeoutBlockingWaitStrategy;
import com.lmax.disruptor.TimeoutException;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.engine.Engine;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.port.AttemptJournal;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.port.Store;
import org.paceline.dialer.port.Telephony;
import org.paceline.dialer.threads.Heartbeat;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.dialer.time.Moment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine with its four rings: {@code inbox} (many producers) feeds the engine, {@code journal} the writer that
 * stores attempts, {@code dial} the dialer, {@code store} the store. An exception that is not expected ends its
 * thread and is told to the {@link ThreadWatch}.
 *
 * <p>Thread: any.
 */
public final class Pipeline implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
    private static final long TICK_MILLIS = 5;

    /** How often the threads of the database wake without work, to show that they live. */
    private static final long WAKE_MILLIS = 1_000;

    private static final long ENGINE_LIMIT_MILLIS = 10_000;

    /**
     * How long the threads of the database may show no sign of life: the database may keep a transaction waiting for
     * its own time limits, several times.
     */
    private static final long DATABASE_LIMIT_MILLIS = 180_000;

    private static final long CLOSE_SECONDS = 5;
    private static final long CLOSE_STEP_NANOS = 2_000_000;

    private final PipelineSettings settings;
    private final Engine engine;
    private final Moment startMoment;
    private final Disruptor<Slot<Event>> inbox;
    private final Disruptor<Slot<Effect.Journaled>> journal;
    private final Disruptor<Slot<Effect.Dialling>> dial;
    private final Disruptor<Slot<Effect.Entry>> storeRing;
    private final RingBuffer<Slot<Event>> inboxRing;
    private final Retries journalRetries = new Retries("journal");
    private final Retries storeRetries = new Retries("store");
    private final StoredMark stored = new StoredMark();
    private final Map<Long, CompletableFuture<CommandResult>> asked = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private final ThreadWatch watch;
    private final Map<String, Heartbeat> heartbeats = new ConcurrentHashMap<>();
    private @Nullable EngineRunner runner;

    /** @param watch is told when one of the threads meets an error that it cannot recover from */
    public Pipeline(EngineSettings engine, PipelineSettings settings, ThreadWatch watch) {
        if (settings.dialSize() < engine.maxPlanned()) {
            throw new IllegalArgumentException(
                    "dialSize=" + settings.dialSize() + ": must be at least maxPlanned=" + engine.maxPlanned());
        }
        this.settings = settings;
        this.watch = watch;
        this.startMoment = settings.moments().now();
        this.engine = new Engine(engine, startMoment);
        this.inbox = ring(
                "dialer-engine",
                settings.inboxSize(),
                ProducerType.MULTI,
                new TimeoutBlockingWaitStrategy(TICK_MILLIS, TimeUnit.MILLISECONDS));
        this.journal = ring("dialer-journal", settings.dialSize(), ProducerType.SINGLE, waking());
        this.dial = ring("dialer-dial", settings.dialSize(), ProducerType.SINGLE, waking());
        this.storeRing = ring("store", settings.storeSize(), ProducerType.SINGLE, waking());
        this.inboxRing = inbox.getRingBuffer();
    }

    private <T> Disruptor<Slot<T>> ring(String thread, int size, ProducerType producers, WaitStrategy wait) {
        Disruptor<Slot<T>> ring = new Disruptor<>(
                Slot::new,
                size,
                task -> Thread.ofPlatform().name(thread).unstarted(watch.guard(thread, task)),
                producers,
                wait);
        ring.setDefaultExceptionHandler(new StopLoudly<>(thread));
        return ring;
    }

    private static WaitStrategy waking() {
        return new TimeoutBlockingWaitStrategy(WAKE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Heartbeat heartbeat(String thread, long limitMillis) {
        Heartbeat heartbeat = watch.heartbeat(thread, limitMillis);
        heartbeats.put(thread, heartbeat);
        return heartbeat;
    }

    /** Starts the threads. Events published before are waiting in the inbox. */
    public void start(Telephony telephony, AttemptJournal attempts, Store store, LeadSource leads) {
        EffectDispatcher effects = new EffectDispatcher(
                telephony,
                leads,
                journal.getRingBuffer(),
                dial.getRingBuffer(),
                storeRing.getRingBuffer(),
                this::answer,
                () -> drained.complete(null));
        EngineRunner engineRunner =
                new EngineRunner(engine, startMoment, settings.moments(), settings.snapshotMillis(), effects);
        JournalWriter journalWriter =
                new JournalWriter(attempts, this, settings.moments(), journalRetries, settings.journalBatch());
        StoreWriter storeWriter = new StoreWriter(store, this, stored, storeRetries, settings.storeBatch());
        Heartbeat engineBeat = heartbeat("dialer-engine", ENGINE_LIMIT_MILLIS);
        Heartbeat journalBeat = heartbeat("dialer-journal", DATABASE_LIMIT_MILLIS);
        Heartbeat dialBeat = heartbeat("dialer-dial", ENGINE_LIMIT_MILLIS);
        Heartbeat storeBeat = heartbeat("store", DATABASE_LIMIT_MILLIS);
        journalRetries.beat(journalBeat);
        storeRetries.beat(storeBeat);
        inbox.handleEventsWith(new Beating<>(engineRunner, engineBeat));
        journal.handleEventsWith(new Beating<>(journalWriter, journalBeat));
        dial.handleEventsWith(new Beating<>(new Dialer(telephony), dialBeat));
        storeRing.handleEventsWith(new Beating<>(storeWriter, storeBeat));
        runner = engineRunner;
        storeRing.start();
        journal.start();
        dial.start();
        inbox.start();
    }

    @Override
    public void publish(Event event) {
        long sequence = inboxRing.next();
        fill(sequence, event);
    }

    @Override
    public boolean offer(Event event) {
        long sequence;
        try {
            sequence = inboxRing.tryNext();
        } catch (InsufficientCapacityException full) {
            return false;
        }
        fill(sequence, event);
        return true;
    }

    private void fill(long sequence, Event event) {
        try {
            inboxRing.get(sequence).put(event);
        } finally {
            inboxRing.publish(sequence);
        }
    }

    /**
     * Gives a command for an agent. The answer comes once the engine took the command; it fails with an {@link
     * IllegalStateException} at once when the inbox is full.
     */
    public CompletableFuture<CommandResult> command(AgentId agent, AgentCommand command) {
        long request = requests.incrementAndGet();
        CompletableFuture<CommandResult> result = new CompletableFuture<>();
        asked.put(request, result);
        if (!offer(new Event.AgentCommanded(request, agent, command))) {
            asked.remove(request);
            result.completeExceptionally(new IllegalStateException("the inbox is full: try again"));
        }
        return result;
    }

    /**
     * Returns a result that completes once the store has all that was given to it up to now: what a command did, where it
     * is asked for after the command's answer. It does not complete while the store fails.
     */
    public CompletableFuture<@Nullable Void> stored() {
        return stored.at(storeRing.getCursor());
    }

    private void answer(Effect.AnswerCommand answer) {
        CompletableFuture<CommandResult> result = asked.remove(answer.request());
        if (result != null) {
            result.completeAsync(
                    answer::result); // the code of whoever reads the result must never run on the engine's thread
        }
    }

    /** The newest snapshot; asked for after {@link #start}. */
    public Snapshot snapshot() {
        if (runner == null) {
            throw new IllegalStateException("the pipeline is not started");
        }
        return runner.snapshot();
    }

    /** Places no more calls. The result completes when no call is live, at the latest some moments after the limit. */
    public CompletableFuture<@Nullable Void> drain(long limitMillis) {
        publish(new Event.DrainRequested(limitMillis));
        return drained;
    }

    /** Stops the threads, writing what the rings hold; each wait is bounded by {@value #CLOSE_SECONDS} s. */
    @Override
    public void close() {
        journalRetries.close();
        if (runner != null && watch.firstDeath() == null) {
            takeBackPlanned();
        }
        stop(journal, "dialer-journal");
        stop(inbox, "dialer-engine");
        stop(dial, "dialer-dial");
        stop(storeRing, "store");
        storeRetries.close();
        storeRing.halt();
    }

    /** Takes back attempts that are planned and not dialled, before the threads end: they do not count as attempts. */
    private void takeBackPlanned() {
        if (!offer(new Event.DrainRequested(0))) {
            return;
        }
        long steps = TimeUnit.SECONDS.toNanos(CLOSE_SECONDS) / CLOSE_STEP_NANOS;
        while (steps-- > 0 && !(isEmpty(inbox) && isEmpty(journal) && isEmpty(inbox))) {
            LockSupport.parkNanos(CLOSE_STEP_NANOS);
        }
    }

    private static boolean isEmpty(Disruptor<?> ring) {
        return ring.getRingBuffer().remainingCapacity() == ring.getBufferSize();
    }

    private void stop(Disruptor<?> ring, String thread) {
        try {
            ring.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("event=close-timed-out thread={} seconds={}", thread, CLOSE_SECONDS);
            ring.halt();
        }
        Heartbeat heartbeat = heartbeats.get(thread);
        if (heartbeat != null && watch.firstDeath() == null) {
            watch.ended(heartbeat);
        }
    }

    /** Ends the thread, and the process with it, after a broken invariant. */
    private final class StopLoudly<T> implements ExceptionHandler<T> {
        private final String thread;

        private StopLoudly(String thread) {
            this.thread = thread;
        }

        @Override
        public void handleEventException(Throwable cause, long sequence, T slot) {
            watch.died(thread, cause);
            throw new IllegalStateException("thread=" + thread + ": stopped at sequence=" + sequence, cause);
        }

        @Override
        public void handleOnStartException(Throwable cause) {
            watch.died(thread, cause);
        }

        @Override
        public void handleOnShutdownException(Throwable cause) {
            LOG.error("event=pipeline-shutdown-failed thread={}", thread, cause);
        }
    }
}
