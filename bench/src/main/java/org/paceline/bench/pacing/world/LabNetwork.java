package org.paceline.bench.pacing.world;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.oracle.TrueLaws;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenario.Group;
import org.paceline.bench.pacing.scenario.Scenario.People;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.simulation.SimulatedTelephony;
import org.paceline.dialer.simulation.VirtualWorld;

/** The telephone network and the public behind it, drawn by a scenario. Thread: the world's. */
final class LabNetwork extends SimulatedTelephony {
    private static final long MILLI = 1_000_000L;
    static final long CARRIER_NANOS = 30 * MILLI;
    private static final long JOIN_NANOS = 3 * MILLI;

    private final DayClock day;
    private final CallFates fates;
    private final LabLists lists;
    private final LabJournal journal;
    private final LabTeam team;
    private final List<AnswerWindow> windows = new ArrayList<>();
    private final long patienceNanos;
    private final Map<CallId, LabCall> live = new HashMap<>();
    private final long[] served;
    private long dials;
    private long connected;

    private static final class LabCall {
        private final CallId id;
        private final int campaign;
        private final Group group;
        private final long placedAt;
        private final double chance;
        private long answersAt = CallFates.NEVER;
        private boolean takenForPerson;
        private boolean answered;
        private boolean givenUp;
        private boolean joined;
        private @Nullable Double patience;

        /** @param chance the chance of an answer, as in {@link LabLists.Entry#chanceAt} when the call is placed */
        private LabCall(CallId id, LabLists.Entry entry, long placedAt, double chance) {
            this.id = id;
            this.campaign = entry.campaign();
            this.group = entry.group();
            this.placedAt = placedAt;
            this.chance = chance;
        }
    }

    LabNetwork(VirtualWorld world, DayClock day, CallFates fates, LabLists lists, LabJournal journal, LabTeam team) {
        super(world, CARRIER_NANOS);
        this.day = day;
        this.fates = fates;
        this.lists = lists;
        this.journal = journal;
        this.team = team;
        Scenario scenario = fates.scenario();
        long windowNanos = scenario.terms().window().longestMillis() * MILLI;
        scenario.campaigns().forEach(_ -> windows.add(new AnswerWindow(windowNanos)));
        this.patienceNanos = scenario.terms().connectWithinMillis() * MILLI + MILLI / 2;
        this.served = new long[scenario.campaigns().size()];
    }

    // ---- calls that nobody has answered

    @Override
    public void dial(CallId id, DialOrder order) {
        LabLists.Entry entry = lists.take(journal.dialled(id));
        LabCall call = new LabCall(id, entry, world.nanos(), entry.chanceAt(day.second()));
        dials++;
        live.put(call.id, call);
        begin(call, fates.of(entry, day.second()));
    }

    private void begin(LabCall call, CallFates.Fate fate) {
        call.patience = fate.patience();
        if (fate.ringsAfter() != CallFates.NEVER) {
            ringsAfter(fate.ringsAfter(), call);
        }
        if (fate.fails() != null) {
            fails(fate.endsAfter(), call, fate.fails());
            return;
        }
        call.takenForPerson = fate.takenForPerson();
        call.answersAt = world.nanos() + fate.endsAfter();
        world.tellAt(call.answersAt, () -> answers(call));
    }

    private void ringsAfter(long after, LabCall call) {
        world.tellIn(after, () -> live.containsKey(call.id) ? new Event.CallRinging(call.id) : Event.Ticked.INSTANCE);
    }

    private Event answers(LabCall call) {
        if (!live.containsKey(call.id) || call.givenUp) {
            return Event.Ticked.INSTANCE;
        }
        call.answered = true;
        windows.get(call.campaign).answered(world.nanos());
        world.tellIn(patienceNanos, Event.Ticked.INSTANCE);
        if (call.patience != null) {
            world.tellIn(CallFates.nanos(call.patience), () -> losesPatience(call));
        }
        return new Event.CallAnswered(call.id);
    }

    private void fails(long after, LabCall call, Outcome outcome) {
        world.tellIn(after, over(call, () -> new Event.CallFailed(call.id, outcome, CallCause.NONE, false)));
    }

    /** Cancels a call. A person who answers before the network knows of that hears a dead line. */
    @Override
    public void cancel(CallId id) {
        LabCall call = live.get(id);
        if (call != null) {
            call.givenUp = true;
            world.tellIn(CARRIER_NANOS, over(call, () -> {
                boolean late = call.answersAt <= world.nanos() && !call.answered;
                if (late) {
                    windows.get(call.campaign).answered(world.nanos());
                    windows.get(call.campaign).abandoned(world.nanos());
                }
                return new Event.CallFailed(call.id, Outcome.CANCELLED, CallCause.NONE, late);
            }));
        }
    }

    /** Wraps an event of a call so that it does not happen where the call is over by then. */
    private Supplier<Event> over(LabCall call, Supplier<Event> event) {
        return () -> live.remove(call.id) == null ? Event.Ticked.INSTANCE : event.get();
    }

    // ---- answered calls

    private Event losesPatience(LabCall call) {
        return call.joined
                ? Event.Ticked.INSTANCE
                : over(call, () -> new Event.CallHungUp(call.id, HungUpBy.CUSTOMER, CallCause.NONE))
                        .get();
    }

    @Override
    public void connect(CallId id, AgentId agent) {
        LabCall call = Objects.requireNonNull(live.get(id));
        call.joined = true;
        world.tellIn(JOIN_NANOS, () -> {
            if (!live.containsKey(id)) {
                return Event.Ticked.INSTANCE;
            }
            connected++;
            return new Event.CallConnected(id, agent, JOIN_NANOS / 1_000);
        });
        RandomGenerator random = fates.draws().of(Draws.Purpose.SERVICE, call.campaign, served[call.campaign]++);
        People people = people(call);
        double talk = people.talk().seconds(random);
        double wrapUp = people.wrapUp().seconds(random);
        double withMachine = people.machines().talk().seconds(random);
        long lasts = JOIN_NANOS + CallFates.nanos((call.takenForPerson ? withMachine : talk) * team.pace(agent));
        team.serves(agent, call.campaign, lasts, CallFates.nanos(wrapUp));
        hangsUp(lasts, id, HungUpBy.CUSTOMER);
    }

    @Override
    public void announce(CallId id, Announcement announcement) {
        ends(id, HungUpBy.ANNOUNCEMENT_END, true);
    }

    @Override
    public void hangUp(CallId id, HangUpCause cause) {
        ends(id, HungUpBy.US, cause == HangUpCause.ABANDONED);
    }

    /** @param abandoned whether it ends because no agent was there */
    private void ends(CallId id, HungUpBy by, boolean abandoned) {
        LabCall call = live.get(id);
        if (call != null) {
            call.joined = true;
            if (abandoned) {
                windows.get(call.campaign).abandoned(world.nanos());
            }
            hangsUp(CARRIER_NANOS, id, by);
        }
    }

    private void hangsUp(long after, CallId id, HungUpBy by) {
        LabCall call = Objects.requireNonNull(live.get(id));
        world.tellIn(after, over(call, () -> new Event.CallHungUp(id, by, CallCause.NONE)));
    }

    private People people(LabCall call) {
        return fates.scenario().campaigns().get(call.campaign).people();
    }

    // ---- what is known of them

    /** As in {@link Futures}. */
    long answersAtNanos(CallId id) {
        LabCall call = live.get(id);
        return call == null ? CallFates.NEVER : call.answersAt;
    }

    /** As in {@link Futures}. */
    long nextAnswersAfterNanos(int campaign, int after) {
        LabLists.Entry entry = lists.upcoming(campaign, after, day.second());
        if (entry == null) {
            return Futures.NO_CALL;
        }
        CallFates.Fate fate = fates.of(entry, day.second());
        return fate.fails() == null ? fate.endsAfter() : CallFates.NEVER;
    }

    /** As in {@link Futures}. */
    void answersWithin(CallId id, TrueLaws laws, double[] within) {
        LabCall call = live.get(id);
        if (call == null) {
            Arrays.fill(within, 0);
        } else {
            laws.answers(call.campaign, call.group, call.chance, (world.nanos() - call.placedAt) / 1e9, within);
        }
    }

    /** As in {@link Futures}. */
    boolean nextAnswersWithin(int campaign, int after, TrueLaws laws, double[] within) {
        LabLists.Entry entry = lists.upcoming(campaign, after, day.second());
        if (entry == null) {
            return false;
        }
        laws.answers(campaign, entry.group(), entry.chanceAt(day.second()), 0, within);
        return true;
    }

    /** Returns the windows of the campaigns, in the scenario's order. */
    List<AnswerWindow> windows() {
        return windows;
    }

    boolean isQuiet() {
        return live.isEmpty();
    }

    long dials() {
        return dials;
    }

    long connected() {
        return connected;
    }
}
