package org.paceline.dialer.simulation;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.time.MomentSource;

/**
 * An engine in virtual time. {@link Behaviours} put what will happen on the agenda, and time jumps from one thing to the next. Every event
 * goes to the engine through {@link #tell}, and every effect that follows goes to the behaviours before anything else happens. With seeded
 * behaviours, the same seed gives the same run.
 *
 * <p>Thread: one at a time.
 */
public final class VirtualWorld implements MomentSource {
    static final int EVERY_RUN = -1;

    private static final long MILLI = 1_000_000L;

    private final Agenda agenda = new Agenda();
    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final long startNanos;
    private long startEpochMillis;
    private long nanos;
    private int run;
    private boolean hasBegun;
    private boolean isPerforming;
    private Consumer<Effect> watcher = _ -> {};
    private EventHandler engine = (event, _, _) -> {
        throw new IllegalStateException("no engine runs that could take " + event);
    };
    private Consumer<Effect> behaviours = _ -> {};

    /** Takes events: an engine's {@code on}, or a wrapper around it. */
    @FunctionalInterface
    public interface EventHandler {

        /** @param effects takes the effects that follow, in order */
        void on(Event event, Moment now, Consumer<Effect> effects);
    }

    public VirtualWorld(Moment start) {
        startNanos = start.nanos();
        startEpochMillis = start.epochMillis();
        nanos = startNanos;
    }

    /**
     * Begins a run, as if the process were started. What an earlier run put on the agenda is dropped, and so are
     * effects of its engine that are not performed yet. What was put on the agenda before the first run belongs to the
     * first run.
     *
     * @param behaviours the behaviours; they must be made for this run where they remember anything that the process
     * would forget
     */
    public void begin(EventHandler engine, Behaviours behaviours) {
        run += hasBegun ? 1 : 0;
        hasBegun = true;
        effects.clear();
        isPerforming = false;
        this.engine = engine;
        this.behaviours = behaviours::perform;
    }

    /** Shows every effect to that watcher before it is performed. */
    public void watch(Consumer<Effect> watcher) {
        this.watcher = watcher;
    }

    // ---- time

    @Override
    public Moment now() {
        return new Moment(nanos, epochMillis());
    }

    public long nanos() {
        return nanos;
    }

    public long epochMillis() {
        return epochMillisAt(nanos);
    }

    /** The time that the wall clock will show then, unless somebody sets it. */
    public long epochMillisAt(long atNanos) {
        return startEpochMillis + (atNanos - startNanos) / MILLI;
    }

    /** Sets the wall clock forward, or back where negative. Monotonic time is unchanged. */
    public void stepClock(long millis) {
        startEpochMillis += millis;
    }

    /** Lets time pass in which nothing is done: what comes due meanwhile is late. Does nothing where that time is past. */
    public void stall(long untilNanos) {
        nanos = Math.max(nanos, untilNanos);
    }

    /**
     * Does the next thing that is due by that time. It happens at its time, or now where it is late.
     *
     * @return false where nothing is due; no time has passed then
     */
    public boolean next(long untilNanos) {
        Agenda.Due due = agenda.take(untilNanos);
        if (due == null) {
            return false;
        }
        stall(due.nanos());
        if (due.run() == run || due.run() == EVERY_RUN) {
            due.action().run();
        }
        return true;
    }

    /** Does everything that is due by that time, then gives the engine a tick at that time. */
    public void tick(long atNanos) {
        while (next(atNanos)) {}
        stall(atNanos);
        tell(Event.Ticked.INSTANCE);
    }

    /** Lets time pass until then, with a tick for the engine at regular intervals whatever else happens. */
    public void passWithTicks(long untilNanos, long everyNanos) {
        while (nanos < untilNanos) {
            tick(Math.min(untilNanos, nanos + everyNanos));
        }
    }

    /** Lets time pass until then or a little later, with a tick for the engine only where nothing happens for so long. */
    public void passWithTicksInQuiet(long untilNanos, long quietNanos) {
        while (nanos < untilNanos) {
            long quiet = nanos + quietNanos;
            if (!next(quiet)) {
                tick(quiet);
            }
        }
    }

    // ---- what will happen

    /** Puts the action on the agenda, for this run only. */
    public void at(long atNanos, Runnable action) {
        agenda.put(atNanos, run, action);
    }

    /** The same, so many nanoseconds from now. */
    public void in(long afterNanos, Runnable action) {
        at(nanos + afterNanos, action);
    }

    /** Puts the action on the agenda of whichever run it is by then. */
    public void inEveryRun(long afterNanos, Runnable action) {
        agenda.put(nanos + afterNanos, EVERY_RUN, action);
    }

    /** Puts on the agenda that the engine is told of the event, in this run only. */
    public void tellAt(long atNanos, Event event) {
        at(atNanos, () -> tell(event));
    }

    /** @param event made when its time has come */
    public void tellAt(long atNanos, Supplier<Event> event) {
        at(atNanos, () -> tell(event.get()));
    }

    /** The same, so many nanoseconds from now. */
    public void tellIn(long afterNanos, Event event) {
        tellAt(nanos + afterNanos, event);
    }

    /** @param event made when its time has come */
    public void tellIn(long afterNanos, Supplier<Event> event) {
        tellAt(nanos + afterNanos, event);
    }

    /**
     * Tells the engine of the event now, and has the behaviours perform all effects.
     *
     * @throws IllegalStateException where a behaviour calls it while it performs an effect: results come over the agenda
     */
    public void tell(Event event) {
        if (isPerforming) {
            throw new IllegalStateException("tells of " + event + " while it performs an effect: must use the agenda");
        }
        engine.on(event, now(), effects::addLast);
        isPerforming = true;
        for (Effect effect = effects.pollFirst(); effect != null; effect = effects.pollFirst()) {
            watcher.accept(effect);
            behaviours.accept(effect);
        }
        isPerforming = false;
    }
}
