package org.paceline.daemon.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Meters whose values are set in rounds. A meter that a round does not set is removed after it, so that a removed
 * campaign leaves no stale figures behind.
 *
 * <p>Thread: one at a time.
 */
final class Meters {
    private final MeterRegistry registry;
    private final Map<Key, Cell> cells = new HashMap<>();
    private final Set<Key> set = new HashSet<>();

    private record Key(String name, Tags tags) {}

    /** Holds a value for the registry's own threads. */
    private static final class Cell {
        private volatile double value;
        private final Meter meter;

        private Cell(MeterRegistry registry, Key key, boolean counts, String description) {
            this.meter = counts
                    ? FunctionCounter.builder(key.name, this, cell -> cell.value)
                            .description(description)
                            .tags(key.tags)
                            .register(registry)
                    : Gauge.builder(key.name, this, cell -> cell.value)
                            .description(description)
                            .tags(key.tags)
                            .strongReference(true)
                            .register(registry);
        }
    }

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Sets a figure that only grows within a run. */
    void counter(String name, String description, long value, String... tags) {
        set(name, description, true, (double) value, tags);
    }

    /** Sets a time that only grows within a run, given in milliseconds and shown in seconds. */
    void seconds(String name, String description, long millis, String... tags) {
        set(name, description, true, millis / 1_000.0, tags);
    }

    void gauge(String name, String description, double value, String... tags) {
        set(name, description, false, value, tags);
    }

    private void set(String name, String description, boolean counts, double value, String... tags) {
        Key key = new Key(name, Tags.of(tags));
        set.add(key);
        cells.computeIfAbsent(key, missing -> new Cell(registry, missing, counts, description)).value = value;
    }

    void endRound() {
        cells.entrySet().removeIf(entry -> {
            if (set.contains(entry.getKey())) {
                return false;
            }
            registry.remove(entry.getValue().meter);
            return true;
        });
        set.clear();
    }
}
