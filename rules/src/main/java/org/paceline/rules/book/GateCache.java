package org.paceline.rules.book;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Gates by set of zones. Numbers share their lists of zones, so a gate is found by the list's identity first, at the cost of
 * one array read; equal lists that are not the same object share a gate all the same.
 *
 * <p>Thread: any.
 */
final class GateCache {
    private static final int SLOTS = 1024;

    private final List<HoursRule> rules;
    private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);
    private final Map<List<ZoneId>, ZonesGate> gates = new ConcurrentHashMap<>();

    private record Slot(List<ZoneId> zones, ZonesGate gate) {}

    GateCache(List<HoursRule> rules) {
        this.rules = rules;
    }

    ZonesGate gate(List<ZoneId> zones) {
        int index = System.identityHashCode(zones) & (SLOTS - 1);
        Slot slot = slots.getAcquire(index);
        if (slot != null && isSame(slot.zones(), zones)) {
            return slot.gate();
        }
        ZonesGate gate = gates.computeIfAbsent(zones, list -> new ZonesGate(list, rules));
        slots.setRelease(index, new Slot(zones, gate));
        return gate;
    }

    @SuppressWarnings("ReferenceEquality") // identity is the point: equals() would walk both lists
    private static boolean isSame(List<ZoneId> first, List<ZoneId> second) {
        return first == second;
    }
}
