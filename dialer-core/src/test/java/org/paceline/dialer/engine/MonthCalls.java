package org.paceline.dialer.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.simulation.EntryStore;
import org.paceline.dialer.simulation.Journal;
import org.paceline.dialer.simulation.SimulatedTelephony;
import org.paceline.dialer.simulation.VirtualWorld;
import org.paceline.rules.OptOut;

/** The calls of one run in a {@link SimulatedMonth}: what becomes of them, told to the database and to {@link MonthRules}. */
final class MonthCalls extends SimulatedTelephony implements Journal, EntryStore {
    private static final long MILLI = 1_000_000;

    private final Random random;
    private final MonthDatabase database;
    private final MonthRules rules;
    private final Map<CallId, Attempt> live = new HashMap<>();
    private final Map<CallId, Long> answeredAtNanos = new HashMap<>();

    MonthCalls(VirtualWorld world, Random random, MonthDatabase database, MonthRules rules) {
        super(world, 0);
        this.random = random;
        this.database = database;
        this.rules = rules;
    }

    /** The process is gone, and all calls with it. */
    void interrupt() {
        live.values().forEach(attempt -> {
            database.interrupted(attempt, world.epochMillis());
            rules.interrupted(attempt.order().number().e164());
        });
    }

    private void in(long millis, Runnable action) {
        world.in(millis * MILLI, action);
    }

    // ---- the journal and the store

    @Override
    public void write(Attempt attempt) {
        CallId call = attempt.call();
        database.attempted(attempt);
        live.put(call, attempt);
        in(2, () -> world.tell(new Event.AttemptsJournaled(List.of(call), 2 * MILLI)));
    }

    @Override
    public void takeBack(Effect.TakeBack back) {
        live.remove(back.attempt().call());
        database.takenBack(back.attempt());
    }

    @Override
    public void keep(Effect.Entry entry) {
        if (entry instanceof Effect.AttemptEnded end) {
            ended(end);
        } else if (entry instanceof Effect.LeadSettled settled) {
            database.settled(settled.lead(), settled.next());
        }
        in(5, () -> world.tell(new Event.EntriesStored(1)));
    }

    private void ended(Effect.AttemptEnded end) {
        Attempt attempt = Objects.requireNonNull(live.remove(end.call().call()), "an attempt ends once");
        long number = attempt.order().number().e164();
        Long answeredAt = answeredAtNanos.remove(end.call().call());
        rules.ended(number, answeredAt == null ? -1 : (world.nanos() - answeredAt) / MILLI);
        if (end.call().outcome() == Outcome.ABANDONED) {
            rules.abandoned(number, world.epochMillis());
        }
        if (end.call().outcome() == Outcome.CONNECTED) {
            rules.talked(number, world.epochMillis());
        }
        database.ended(attempt, end.call(), end.next());
    }

    // ---- the network

    @Override
    public void dial(CallId call, DialOrder order) {
        Attempt attempt = Objects.requireNonNull(live.get(call));
        rules.dialled(
                attempt.order().campaign().value(),
                attempt.order().number(),
                world.epochMillis(),
                attempt.chargedTo() != null);
        long ring = 1_000L + random.nextInt(18_000);
        in(500, () -> tellWhileLive(call, new Event.CallRinging(call)));
        int fate = random.nextInt(100);
        if (fate < 40) {
            in(ring, () -> answer(call));
        } else if (fate < 50) {
            in(ring, () -> fail(call, Outcome.BUSY));
        } else if (fate < 51) {
            in(ring, () -> unwanted(attempt));
        } else {
            in(20_600, () -> fail(call, Outcome.NO_ANSWER));
        }
    }

    private void answer(CallId call) {
        if (live.containsKey(call)) {
            answeredAtNanos.put(call, world.nanos());
            world.tell(new Event.CallAnswered(call));
            in(5_000 + random.nextInt(240_000), () -> hungUp(call, HungUpBy.CUSTOMER));
        }
    }

    private void unwanted(Attempt attempt) {
        if (live.containsKey(attempt.call())) {
            long number = attempt.order().number().e164();
            rules.optedOut(number);
            database.optOut(number, new OptOut("sip:607", null, Long.MAX_VALUE));
            world.tell(new Event.CallFailed(attempt.call(), Outcome.UNWANTED, new CallCause(607, 0, 0), false));
        }
    }

    private void fail(CallId call, Outcome outcome) {
        if (!answeredAtNanos.containsKey(call)) {
            tellWhileLive(call, new Event.CallFailed(call, outcome, CallCause.NONE, false));
        }
    }

    private void hungUp(CallId call, HungUpBy by) {
        tellWhileLive(call, new Event.CallHungUp(call, by, CallCause.NONE));
    }

    private void tellWhileLive(CallId call, Event event) {
        if (live.containsKey(call)) {
            world.tell(event);
        }
    }

    @Override
    public void cancel(CallId call) {
        in(30, () -> fail(call, Outcome.CANCELLED));
    }

    @Override
    public void connect(CallId call, AgentId agent) {
        in(3, () -> tellWhileLive(call, new Event.CallConnected(call, agent, 3_000)));
    }

    @Override
    public void announce(CallId call, Announcement announcement) {
        in(3_000, () -> hungUp(call, HungUpBy.ANNOUNCEMENT_END));
    }

    @Override
    public void hangUp(CallId call, HangUpCause cause) {
        in(20, () -> hungUp(call, HungUpBy.US));
    }

    /** The agent's line is up as soon as the agent has signed in. */
    @Override
    public void openLine(AgentId agent, AgentAddress at) {}
}
