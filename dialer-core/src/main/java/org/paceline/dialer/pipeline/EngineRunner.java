package org.paceline.dialer.pipeline;

import com.lmax.disruptor.EventHandler;
import java.util.function.Consumer;
import org.paceline.dialer.engine.Engine;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.time.MomentSource;

/**
 * Gives the engine its events, one by one, and ticks while none come.
 *
 * <p>Thread: {@code dialer-engine} only; the snapshot may be read by any.
 */
final class EngineRunner implements EventHandler<Slot<Event>> {
    private final Engine engine;
    private final MomentSource moments;
    private final long snapshotNanos;
    private final Consumer<Effect> effects;
    private volatile Snapshot snapshot;
    private long snapshotAtNanos;

    EngineRunner(Engine engine, Moment start, MomentSource moments, long snapshotMillis, Consumer<Effect> effects) {
        this.engine = engine;
        this.moments = moments;
        this.snapshotNanos = snapshotMillis * 1_000_000;
        this.effects = effects;
        this.snapshot = engine.snapshot(start);
        this.snapshotAtNanos = start.nanos();
    }

    Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public void onEvent(Slot<Event> slot, long sequence, boolean endOfBatch) {
        Moment now = moments.now();
        engine.on(slot.take(), now, effects);
        if (endOfBatch) {
            snapshotWhenDue(now);
        }
    }

    @Override
    public void onTimeout(long sequence) {
        Moment now = moments.now();
        engine.on(Event.Ticked.INSTANCE, now, effects);
        snapshotWhenDue(now);
    }

    private void snapshotWhenDue(Moment now) {
        if (now.nanos() - snapshotAtNanos < snapshotNanos) {
            return;
        }
        Snapshot whole = engine.snapshotStep(now);
        if (whole != null) {
            snapshotAtNanos = now.nanos();
            snapshot = whole;
        }
    }
}
