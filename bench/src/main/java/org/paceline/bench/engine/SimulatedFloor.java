package org.paceline.bench.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.paceline.bench.floor.Agenda;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.pacing.DialMode;

/**
 * The world around the engine in planned time: a public that is busy, does not answer or talks, agents who wrap up, a journal
 * and a store that answer in batches, a list that never ends. Two of three campaigns dial progressively, one by ratio.
 *
 * <p>People live faster here, by {@link #haste}, so that so many agents make as many events a second as are asked for.
 * Seeded: the same engine gets the same events in the same order every time.
 *
 * <p>Thread: one at a time.
 */
final class SimulatedFloor {
    private static final int CAMPAIGNS = 6;
    private static final double LINES_PER_AGENT = 1.5;

    /** Seconds in life: ring until answered, ring unanswered, talk, wrap-up. */
    private static final double ANSWER_SECONDS = 8;

    private static final double UNANSWERED_SECONDS = 20;
    private static final double TALK_SECONDS = 90;
    private static final double WRAP_UP_SECONDS = 15;

    private static final int ANSWERED_PERCENT = 40;
    private static final int BUSY_PERCENT = 10;
    private static final int INVALID_PERCENT = 5;
    private static final int AGENT_HANGS_UP_PERCENT = 30;
    private static final int ENDS_WRAP_UP_PERCENT = 50;

    /** As measured: an agent's round of about 150 s in life has so many events, failed attempts included. */
    private static final double EVENTS_PER_ROUND = 10;

    private static final double ROUND_SECONDS = 150;

    /** What the engine asks for at once for a large campaign. */
    private static final int LEASE = 2_000;

    private static final double LEADS_PER_EVENT = 0.4;
    private static final long MOST_IN_STOCK = 1_000_000;

    /** So much more than asked for, so that there is always an event due. */
    private static final double RESERVE = 1.5;

    private static final long MICROS = 1_000L;
    private static final long JOURNAL_NANOS = 2_000 * MICROS;
    private static final long STORE_NANOS = 5_000 * MICROS;
    private static final long LEADS_NANOS = 20_000 * MICROS;
    private static final long CARRIER_NANOS = 30_000 * MICROS;
    private static final long JOIN_NANOS = 3_000 * MICROS;
    private static final int JOURNAL_BATCH = 64;
    private static final int STORE_BATCH = 256;

    private final BenchFloor floor = new BenchFloor();
    private final Agenda agenda = new Agenda();
    private final Random random;
    private final double haste;
    private final Map<CampaignId, List<List<Lead>>> stock = new HashMap<>();
    private final ArrayDeque<CallId> unrecorded = new ArrayDeque<>();
    private final TreeMap<String, Long> mix = new TreeMap<>();
    private int unstored;
    private boolean journalDue;
    private boolean storeDue;
    private long nowNanos;
    private long emptySlots;

    /** @param events about how many there will be */
    SimulatedFloor(int agents, double eventsPerSecond, long events, long seed) {
        this.random = new Random(seed);
        this.haste = Math.max(1, RESERVE * eventsPerSecond * ROUND_SECONDS / (agents * EVENTS_PER_ROUND));
        open(agents);
        stock(Math.min(MOST_IN_STOCK, (long) (events * LEADS_PER_EVENT)));
    }

    private void stock(long leads) {
        for (int i = 0; i < CAMPAIGNS; i++) {
            List<List<Lead>> batches = new ArrayList<>();
            for (long made = 0; made < leads / CAMPAIGNS; made += LEASE) {
                batches.add(floor.leads(campaign(i), LEASE));
            }
            stock.put(campaign(i), batches);
        }
    }

    /** How many times faster than in life people answer, talk and wrap up. */
    double haste() {
        return haste;
    }

    /** Slots of the open loop for which nothing was due; the engine got a tick. */
    long emptySlots() {
        return emptySlots;
    }

    /** Events by kind since {@link #forgetMix}. */
    Map<String, Long> mix() {
        return mix;
    }

    void forgetMix() {
        mix.clear();
        emptySlots = 0;
    }

    private void open(int agents) {
        agenda.put(nowNanos, new Event.TrunkConfigured(floor.trunk()));
        agenda.put(nowNanos, new Event.TrunkChanged(BenchFloor.TRUNK, true, 0, "answers"));
        long wrapUpMillis = Math.max(1, Math.round(WRAP_UP_SECONDS * 1_000 / haste));
        for (int i = 0; i < CAMPAIGNS; i++) {
            DialMode mode = i % 3 == 2 ? DialMode.RATIO : DialMode.PROGRESSIVE;
            agenda.put(
                    nowNanos,
                    new Event.CampaignConfigured(floor.campaign(campaign(i), mode, LINES_PER_AGENT, wrapUpMillis)));
        }
        for (int i = 0; i < agents; i++) {
            AgentId agent = BenchFloor.agent(i);
            AgentAddress phone = new AgentAddress("sip:" + agent + "@127.0.0.1");
            AgentCommand signIn = new AgentCommand.SignIn(phone, Set.of(campaign(i % CAMPAIGNS)), 0);
            agenda.put(nowNanos, new Event.AgentCommanded(i, agent, signIn));
            agenda.put(nowNanos, new Event.AgentCommanded(i, agent, new AgentCommand.Ready()));
        }
    }

    private static CampaignId campaign(int index) {
        return new CampaignId("campaign" + index);
    }

    /** What happens next, at or before that time; a tick where nothing does. */
    Event next(long plannedNanos) {
        nowNanos = plannedNanos;
        Event event = agenda.take(plannedNanos);
        if (event == null) {
            emptySlots++;
            return Event.Ticked.INSTANCE;
        }
        mix.merge(event.getClass().getSimpleName(), 1L, Long::sum);
        return event;
    }

    /** What the effect leads to. */
    void perform(Effect effect) {
        switch (effect) {
            case Effect.PlaceCall place -> place(place.attempt().call());
            case Effect.TakeBack back -> {} // its lead is not offered again
            case Effect.Dial dial -> dial(dial.call());
            case Effect.Connect connect -> connect(connect.call(), connect.agent());
            case Effect.HangUp hangUp -> hungUp(CARRIER_NANOS, hangUp.call(), HungUpBy.US);
            case Effect.Announce announce -> hungUp(CARRIER_NANOS, announce.call(), HungUpBy.ANNOUNCEMENT_END);
            case Effect.CancelCall cancel -> in(CARRIER_NANOS, failed(cancel.call(), Outcome.CANCELLED));
            case Effect.RequestLeads request ->
                agenda.put(
                        nowNanos + LEADS_NANOS,
                        () -> new Event.LeadsArrived(
                                request.campaign(), leads(request.campaign(), request.count()), Long.MAX_VALUE));
            case Effect.RequestCallbacks request -> throw new IllegalStateException("none was promised: " + request);
            case Effect.OpenLine open -> in(CARRIER_NANOS, new Event.LineOpened(open.agent()));
            case Effect.AgentChanged changed -> agentChanged(changed);
            case Effect.Entry entry -> store();
            case Effect.RingAgent ring -> throw new IllegalStateException("all have lines: " + ring);
            case Effect.StopRinging stop -> throw new IllegalStateException("all have lines: " + stop);
            case Effect.WarnAgent warn -> {}
            case Effect.StartRecording record -> {}
            case Effect.CloseLine close -> {}
            case Effect.AnswerCommand answer -> {}
            case Effect.TrunkStopped stopped -> {}
            case Effect.CallerIdBlocked blocked -> {}
            case Effect.Drained drained -> {}
        }
    }

    /** From the stock while it lasts: making leads takes longer than an event may. */
    private List<Lead> leads(CampaignId campaign, int count) {
        List<List<Lead>> batches = stock.getOrDefault(campaign, new ArrayList<>());
        return count == LEASE && !batches.isEmpty() ? batches.removeLast() : floor.leads(campaign, count);
    }

    private void place(CallId call) {
        unrecorded.add(call);
        if (!journalDue) {
            journalDue = true;
            agenda.put(nowNanos + JOURNAL_NANOS, this::recorded);
        }
    }

    private void dial(CallId call) {
        in(CARRIER_NANOS, new Event.CallRinging(call));
        int fate = random.nextInt(100);
        if (fate < ANSWERED_PERCENT) {
            in(CARRIER_NANOS + life(ANSWER_SECONDS), new Event.CallAnswered(call));
        } else if (fate < ANSWERED_PERCENT + BUSY_PERCENT) {
            in(2 * CARRIER_NANOS, failed(call, Outcome.BUSY));
        } else if (fate < ANSWERED_PERCENT + BUSY_PERCENT + INVALID_PERCENT) {
            in(2 * CARRIER_NANOS, failed(call, Outcome.INVALID_NUMBER));
        } else {
            long ring = (long) (UNANSWERED_SECONDS * 1e9 / haste);
            in(CARRIER_NANOS + ring, failed(call, Outcome.NO_ANSWER));
        }
    }

    private Event recorded() {
        List<CallId> batch = new ArrayList<>();
        while (batch.size() < JOURNAL_BATCH && !unrecorded.isEmpty()) {
            batch.add(unrecorded.removeFirst());
        }
        journalDue = !unrecorded.isEmpty();
        if (journalDue) {
            agenda.put(nowNanos + JOURNAL_NANOS, this::recorded);
        }
        return new Event.AttemptsRecorded(batch, JOURNAL_NANOS);
    }

    private void connect(CallId call, AgentId agent) {
        in(JOIN_NANOS, new Event.CallConnected(call, agent, JOIN_NANOS / MICROS));
        long talk = JOIN_NANOS + life(TALK_SECONDS);
        if (random.nextInt(100) < AGENT_HANGS_UP_PERCENT) {
            in(talk, new Event.AgentCommanded(call.value(), agent, new AgentCommand.HangUp(call)));
        } else {
            hungUp(talk, call, HungUpBy.CUSTOMER);
        }
    }

    private void agentChanged(Effect.AgentChanged changed) {
        store();
        CallId call = changed.call();
        if (changed.state() == AgentState.WRAP_UP && call != null && random.nextInt(100) < ENDS_WRAP_UP_PERCENT) {
            long after = (long) (random.nextDouble() * WRAP_UP_SECONDS * 1e9 / haste);
            in(after, new Event.AgentCommanded(0, changed.agent(), new AgentCommand.EndWrapUp(call, "sale")));
        }
    }

    private void store() {
        unstored++;
        if (!storeDue) {
            storeDue = true;
            agenda.put(nowNanos + STORE_NANOS, this::stored);
        }
    }

    private Event stored() {
        int batch = Math.min(STORE_BATCH, unstored);
        unstored -= batch;
        storeDue = unstored > 0;
        if (storeDue) {
            agenda.put(nowNanos + STORE_NANOS / 5, this::stored);
        }
        return new Event.RecordsStored(batch);
    }

    private void hungUp(long afterNanos, CallId call, HungUpBy by) {
        in(afterNanos, new Event.CallHungUp(call, by, CallCause.NONE));
    }

    private static Event failed(CallId call, Outcome outcome) {
        return new Event.CallFailed(call, outcome, CallCause.NONE, false);
    }

    /** A time of that mean, exponentially distributed, as people's are, in hasty nanoseconds. */
    private long life(double meanSeconds) {
        return (long) (-Math.log(1 - random.nextDouble()) * meanSeconds * 1e9 / haste);
    }

    private void in(long nanos, Event event) {
        agenda.put(nowNanos + nanos, event);
    }
}
