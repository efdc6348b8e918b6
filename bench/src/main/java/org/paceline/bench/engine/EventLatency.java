package org.paceline.bench.engine;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.measure.BenchException;
import org.paceline.bench.measure.LatencyTrack;
import org.paceline.bench.measure.Pace;
import org.paceline.bench.measure.Progress;
import org.paceline.dialer.engine.Engine;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.time.Moment;

/**
 * Event in → effects out of the production engine, in an open loop on one thread. The latency of an event is from its
 * planned time to its last effect, so a slow event also shows in the latencies of those behind it. As in the pipeline,
 * five snapshots a second are made between events, bit by bit while none waits.
 *
 * <p>Thread: one at a time; the progress line reads beside it.
 */
final class EventLatency {
    private static final long SNAPSHOT_NANOS = 200_000_000;
    /** How long a spinning thread must lose its core to show that other processes want it, too. */
    private static final long MACHINE_PAUSE_NANOS = 50_000;

    private static final long SEED = 20_261_118;

    /** How many times the planned time a machine may need before that is reported. */
    private static final int PATIENCE = 3;

    private final EngineBenchSettings settings;
    private final LatencyTrack latency = new LatencyTrack();
    private final LatencyTrack service = new LatencyTrack();
    private final LatencyTrack snapshotSteps = new LatencyTrack();
    private final LatencyTrack machinePauses = new LatencyTrack();
    private long planned;
    private long done;
    private volatile boolean warm;

    EventLatency(EngineBenchSettings settings) {
        this.settings = settings;
    }

    /**
     * The measured values.
     *
     * @param latency from planned time to last effect
     * @param service the time inside the engine alone
     * @param snapshotSteps the time that each part of a snapshot takes
     * @param machinePauses times that the machine took the core away while nothing was to be done
     */
    record Result(
            LatencyTrack latency,
            LatencyTrack service,
            LatencyTrack snapshotSteps,
            LatencyTrack machinePauses,
            LoadWorld world) {}

    Result run(PrintWriter out) throws BenchException {
        Moment start = new Moment(0, BenchFloor.NOON_EPOCH_MILLIS);
        LoadWorld world = new LoadWorld(start, settings.agents(), settings.eventsPerSecond(), events(), SEED);
        Engine engine = new Engine(EngineSettings.withDefaults(1L << CallId.RUN_SHIFT, BenchFloor.ZONE), start);
        world.begin((event, now, effects) -> measure(engine, event, now, effects));
        Pace pace = new Pace(System.nanoTime() + 10_000_000, settings.eventsPerSecond());
        try (Progress _ = Progress.start(out, this::line)) {
            loop(pace, start, engine, world);
        }
        return new Result(latency, service, snapshotSteps, machinePauses, world);
    }

    private void loop(Pace pace, Moment start, Engine engine, LoadWorld world) throws BenchException {
        long warmUp = (long) (settings.warmUpSeconds() * settings.eventsPerSecond());
        long end = events();
        long deadline = pace.plannedNanos(end * PATIENCE);
        long nextSnapshot = SNAPSHOT_NANOS;
        for (long i = 0; i < end; i++) {
            if (i == warmUp) {
                world.forgetMix();
                warm = true;
            }
            planned = pace.plannedNanos(i);
            long inRun = planned - pace.startNanos();
            world.next(inRun);
            if (inRun >= nextSnapshot && done - pace.plannedNanos(i + 1) < 0) {
                nextSnapshot =
                        snapshotStep(engine, at(start, inRun), i >= warmUp) ? inRun + SNAPSHOT_NANOS : nextSnapshot;
            }
            if ((i & 0xFFF) == 0 && done - deadline > 0) {
                throw new BenchException("this machine takes more than " + PATIENCE + " times as long as "
                        + settings.eventsPerSecond() + " events/s leave it: lower --rate");
            }
        }
    }

    /** Waits for the event's planned time, and measures how long the engine needs for the event from then on. */
    private void measure(Engine engine, Event event, Moment now, Consumer<Effect> effects) {
        long taken = Pace.spinUntil(planned);
        long begun = System.nanoTime();
        engine.on(event, now, effects);
        done = System.nanoTime();
        if (warm) {
            latency.record(done - planned);
            service.record(done - begun);
            if (taken > MACHINE_PAUSE_NANOS) {
                machinePauses.record(taken);
            }
        }
    }

    /** @return whether the snapshot is whole */
    private boolean snapshotStep(Engine engine, Moment now, boolean counts) {
        long begun = System.nanoTime();
        boolean whole = engine.snapshotStep(now) != null;
        if (counts) {
            snapshotSteps.record(System.nanoTime() - begun);
        }
        return whole;
    }

    private long events() {
        return (long) ((settings.warmUpSeconds() + settings.seconds()) * settings.eventsPerSecond());
    }

    private static Moment at(Moment start, long nanos) {
        return new Moment(nanos, start.epochMillis() + (nanos - start.nanos()) / 1_000_000);
    }

    private String line(long second) {
        if (!warm) {
            return "engine: second " + second + ": warming up";
        }
        Histogram last = latency.endSecond();
        service.endSecond();
        return String.format(
                Locale.ROOT,
                "engine: second %d: %,d events, p50 %.1f µs, p99 %.1f µs, max %.0f µs",
                second,
                last.getTotalCount(),
                last.getValueAtPercentile(50) / 1e3,
                last.getValueAtPercentile(99) / 1e3,
                last.getMaxValue() / 1e3);
    }
}
