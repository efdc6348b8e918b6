package org.paceline.bench.pacing.world;

import java.util.HashMap;
import java.util.Map;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.simulation.BatchJournal;
import org.paceline.dialer.simulation.Journal;
import org.paceline.dialer.simulation.VirtualWorld;

/** The lab's attempt journal, which remembers the lead of each attempt until it is dialled. Thread: the world's. */
final class LabJournal implements Journal {
    private static final long MILLI = 1_000_000L;
    static final long LATENCY_NANOS = 2 * MILLI;
    private static final long PIPELINE_TICK_NANOS = 5 * MILLI;

    private final VirtualWorld world;
    private final BatchJournal batches;
    private final Map<CallId, LeadId> leads = new HashMap<>();
    private long nextTickNanos;

    LabJournal(VirtualWorld world) {
        this.world = world;
        this.batches = new BatchJournal(world, LATENCY_NANOS, Integer.MAX_VALUE);
    }

    @Override
    public void write(Attempt attempt) {
        leads.put(attempt.call(), attempt.lead());
        batches.write(attempt);
        tickSoon();
    }

    /**
     * Ticks soon. An event places only some of many calls; the rest follows at the next event, or at the tick that the
     * pipeline makes when nothing happens.
     */
    private void tickSoon() {
        if (world.nanos() >= nextTickNanos) {
            nextTickNanos = world.nanos() + PIPELINE_TICK_NANOS;
            world.tellAt(nextTickNanos, Event.Ticked.INSTANCE);
        }
    }

    @Override
    public void takeBack(Effect.TakeBack back) {
        leads.remove(back.attempt().call());
    }

    /** Returns the lead of a call that is dialled now; a call is dialled once. */
    LeadId dialled(CallId call) {
        LeadId lead = leads.remove(call);
        if (lead == null) {
            throw new IllegalStateException("call=" + call + ": is dialled and was not planned");
        }
        return lead;
    }
}
