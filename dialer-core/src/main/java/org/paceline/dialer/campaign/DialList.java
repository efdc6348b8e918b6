package org.paceline.dialer.campaign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A campaign's leased leads, in the order to be dialled.
 *
 * <p>Thread: engine only.
 */
public final class DialList {
    private final ArrayDeque<Lead> arrived = new ArrayDeque<>();
    private final ArrayDeque<Lead> ready = new ArrayDeque<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();

    private record Held(Lead lead, long untilNanos) {}

    /** Leads that came and are not admitted yet. */
    public void arrive(List<Lead> leads) {
        arrived.addAll(leads);
    }

    /** The next lead to be admitted with {@link #add}, or null. */
    public @Nullable Lead pollArrived() {
        return arrived.pollFirst();
    }

    public void add(Lead lead) {
        ready.addLast(lead);
    }

    /** Puts back the lead just taken: it is next again. */
    public void putBack(Lead lead) {
        ready.addFirst(lead);
    }

    /** Keeps a lead for a while; all holds of a list are equally long. */
    public void hold(Lead lead, long untilNanos) {
        held.addLast(new Held(lead, untilNanos));
    }

    /** Takes the next lead, or null where none may be dialled now. */
    public @Nullable Lead next(long nowNanos) {
        while (!held.isEmpty() && held.getFirst().untilNanos - nowNanos <= 0) {
            ready.addLast(held.removeFirst().lead);
        }
        return ready.pollFirst();
    }

    /** Takes out an admitted lead; false where it is not there. */
    public boolean remove(LeadId id) {
        return ready.removeIf(lead -> lead.id().equals(id))
                || held.removeIf(hold -> hold.lead.id().equals(id));
    }

    /** Takes out a lead that is not admitted yet; false where it is not there. */
    public boolean removeArrived(LeadId id) {
        return arrived.removeIf(lead -> lead.id().equals(id));
    }

    /** Takes all that were admitted. */
    public List<Lead> drain() {
        List<Lead> all = new ArrayList<>(ready);
        held.forEach(hold -> all.add(hold.lead));
        ready.clear();
        held.clear();
        return all;
    }

    /** Leads that may be dialled now, those that only just arrived included. */
    public int ready() {
        return ready.size() + arrived.size();
    }

    public int held() {
        return held.size();
    }
}
