package org.paceline.rules.book;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The gates of legal hours, one for each set of zones. Numbers share their lists of zones, so a gate is first looked up
 * by the list's identity, which costs one array read or a few; equal lists that are not the same object share a gate as
 * well.
 *
 * <p>Thread: any.
 */
final class GateCache {
    /** How many slots there are: more than there are sets of zones in the world's numbering plans; a power of two. */
    private static final int SLOTS = 1024;

    private static final int PROBES = 8;

    private final List<HoursRule> rules;
    private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);
    private final Map<List<ZoneId>, ZonesGate> gates = new ConcurrentHashMap<>();

    private record Slot(List<ZoneId> zones, ZonesGate gate) {}

    GateCache(List<HoursRule> rules) {
        this.rules = rules;
    }

    ZonesGate gate(List<ZoneId> zones) {
        int home = System.identityHashCode(zones) & (SLOTS - 1);
        for (int probe = 0; probe < PROBES; probe++) {
            Slot slot = slots.getAcquire((home + probe) & (SLOTS - 1));
            if (slot == null) {
                break;
            }
            if (isSame(slot.zones(), zones)) {
                return slot.gate();
            }
        }
        return remember(home, zones);
    }

    /** Remembers a gate in the first free slot, or in the home slot where none near it is free. */
    private ZonesGate remember(int home, List<ZoneId> zones) {
        ZonesGate gate = gates.computeIfAbsent(zones, list -> new ZonesGate(list, rules));
        Slot slot = new Slot(zones, gate);
        for (int probe = 0; probe < PROBES; probe++) {
            if (slots.compareAndSet((home + probe) & (SLOTS - 1), null, slot)) {
                return gate;
            }
        }
        slots.setRelease(home, slot);
        return gate;
    }

    @SuppressWarnings("ReferenceEquality") // identity is the point: equals() would walk both lists
    private static boolean isSame(List<ZoneId> first, List<ZoneId> second) {
        return first == second;
    }
}
