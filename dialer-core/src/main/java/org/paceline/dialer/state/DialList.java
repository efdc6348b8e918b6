package org.paceline.dialer.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Callback;
import org.paceline.dialer.lead.Lead;

/**
 * A campaign's leased leads, in the order to be dialled. Leads to whom a call was promised are kept apart.
 *
 * <p>Thread: engine only.
 */
public final class DialList {
    /** How many leads a choice is made among. */
    private static final int CHOICE = 50;

    private static final int PATIENCE = 200;

    private final ArrayDeque<Lead> arrived = new ArrayDeque<>();
    private final List<Ready> ready = new ArrayList<>();
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final List<Lead> callbacks = new ArrayList<>();

    private long taken;

    /**
     * @param lastTurn how many leads may be taken before this one is next at the latest
     * @param returned the turn that the lead had and gave back, {@link Long#MAX_VALUE} for none
     */
    private record Ready(Lead lead, long lastTurn, long returned) {}

    private record Held(Lead lead, long untilNanos) {}

    /** Takes leads that came; they are not admitted yet. */
    public void arrive(List<Lead> leads) {
        arrived.addAll(leads);
    }

    /** Takes the next lead to be admitted with {@link #add}, or null. */
    public @Nullable Lead pollArrived() {
        return arrived.pollFirst();
    }

    public void add(Lead lead) {
        if (lead.callback() == null) {
            ready.addLast(new Ready(lead, taken + ready.size() + PATIENCE, Long.MAX_VALUE));
        } else {
            addCallback(lead);
        }
    }

    private void addCallback(Lead lead) {
        int slot = callbacks.size();
        while (slot > 0 && due(callbacks.get(slot - 1)) > due(lead)) {
            slot--;
        }
        callbacks.add(slot, lead);
    }

    private static long due(Lead lead) {
        Callback callback = lead.callback();
        return callback == null ? Long.MAX_VALUE : callback.dueEpochMillis();
    }

    /** Returns the leads to whom a call was promised that is due, the longest due first; {@link #remove} takes one. */
    public List<Lead> callbacks() {
        return Collections.unmodifiableList(callbacks);
    }

    /** Puts back the lead just taken: it is next again. */
    public void putBack(Lead lead) {
        if (lead.callback() == null) {
            ready.addFirst(new Ready(lead, taken, Long.MIN_VALUE));
        } else {
            addCallback(lead);
        }
    }

    /**
     * Puts back a lead whose turn was over. It goes before all leads that have not had their turn; leads that gave
     * theirs back stand in the order of their turns.
     *
     * @param turn grows from one lead's turn to the next
     */
    public void giveTurnBack(Lead lead, long turn) {
        if (lead.callback() != null) {
            addCallback(lead);
            return;
        }
        int slot = 0;
        while (slot < ready.size() && ready.get(slot).returned < turn) {
            slot++;
        }
        ready.add(slot, new Ready(lead, taken, turn));
    }

    /** Keeps a lead for a while; all holds of a list are equally long. */
    public void hold(Lead lead, long untilNanos) {
        held.addLast(new Held(lead, untilNanos));
    }

    /** Takes the next lead, or null where none may be dialled now. */
    public @Nullable Lead next(long nowNanos) {
        endHolds(nowNanos);
        if (ready.isEmpty()) {
            return null;
        }
        taken++;
        return ready.removeFirst().lead;
    }

    /**
     * Chooses the lead to be dialled after so many others, and puts it there. Among the next {@value #CHOICE} leads
     * with the same place in the campaign's order, it is the one with the highest chance, or the lowest; of several,
     * the first. Nobody is dialled more than {@value #PATIENCE} leads later than the order says. Callbacks and held
     * leads are left aside.
     *
     * @return the lead, or null where there is none
     */
    public @Nullable Lead choose(int after, ToDoubleFunction<Lead> chance, boolean highest) {
        if (after >= ready.size()) {
            return null;
        }
        int place = ready.get(after).lead.traits().place();
        int end = Math.min(ready.size(), after + CHOICE);
        int best = after;
        double bestChance = highest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        for (int i = after; i < end; i++) {
            Ready one = ready.get(i);
            if (one.lead.traits().place() != place) {
                break;
            }
            if (one.lastTurn - taken <= after) {
                best = i;
                break;
            }
            double of = chance.applyAsDouble(one.lead);
            if (highest ? of > bestChance : of < bestChance) {
                best = i;
                bestChance = of;
            }
        }
        if (best > after) {
            ready.add(after, ready.remove(best));
        }
        return ready.get(after).lead;
    }

    /** Offers leads again whose hold is over. */
    public void endHolds(long nowNanos) {
        while (!held.isEmpty() && held.getFirst().untilNanos - nowNanos <= 0) {
            add(held.removeFirst().lead);
        }
    }

    /** Takes out an admitted lead; returns its number, or null where the lead is not there. */
    public @Nullable Long remove(LeadId id) {
        Lead found = null;
        for (Lead lead : all()) {
            found = lead.id().equals(id) ? lead : found;
        }
        if (found == null) {
            return null;
        }
        ready.removeIf(one -> one.lead.id().equals(id));
        callbacks.remove(found);
        held.removeIf(hold -> hold.lead.id().equals(id));
        return found.number().e164();
    }

    /** Takes out a lead that is not admitted yet; false where it is not there. */
    public boolean removeArrived(LeadId id) {
        return arrived.removeIf(lead -> lead.id().equals(id));
    }

    /** Takes all that were admitted. */
    public List<Lead> drain() {
        List<Lead> all = all();
        ready.clear();
        callbacks.clear();
        held.clear();
        return all;
    }

    /** Takes so many of the leads that would be dialled last, leaving callbacks and held leads aside. */
    public List<Lead> takeLast(int count) {
        List<Lead> last = new ArrayList<>();
        while (last.size() < count && !ready.isEmpty()) {
            last.add(ready.removeLast().lead);
        }
        return last;
    }

    private List<Lead> all() {
        List<Lead> all = new ArrayList<>(callbacks);
        ready.forEach(one -> all.add(one.lead));
        held.forEach(hold -> all.add(hold.lead));
        return all;
    }

    /** How many leads may be dialled now, including those that only just arrived and excluding callbacks. */
    public int ready() {
        return ready.size() + arrived.size();
    }

    /** How many leads the list has in all. */
    public int size() {
        return ready() + callbacks.size() + held.size();
    }

    public int held() {
        return held.size();
    }
}
