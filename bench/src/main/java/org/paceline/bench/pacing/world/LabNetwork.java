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
import org.paceline.bench.floor.Agenda;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.oracle.TrueLaws;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.bench.pacing.scenario.Scenario.Failure;
import org.paceline.bench.pacing.scenario.Scenario.Group;
import org.paceline.bench.pacing.scenario.Scenario.People;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.LeadId;

/**
 * The telephone network and the public behind it: what becomes of calls, put down as events to come.
 *
 * <p>Thread: one at a time.
 */
final class LabNetwork {
    private static final long MILLI = 1_000_000L;
    private static final long JOURNAL_NANOS = 2 * MILLI;
    private static final long CARRIER_NANOS = 30 * MILLI;
    private static final long JOIN_NANOS = 3 * MILLI;
    private static final long RINGS_NANOS = JOURNAL_NANOS + CARRIER_NANOS;
    private static final long NEVER = Long.MAX_VALUE;

    private final Scenario scenario;
    private final Draws draws;
    private final LabLists lists;
    private final LabTeam team;
    private final List<AnswerWindow> windows;
    private final Agenda agenda;
    private final long patienceNanos;
    private final Map<CallId, LeadId> planned = new HashMap<>();
    private final Map<CallId, Call> live = new HashMap<>();
    private final List<CallId> unjournaled = new ArrayList<>();
    private final long[] served;
    private long now;
    private long secondsFrom;
    private long dials;
    private long connected;

    private static final class Call {
        private final CallId id;
        private final int campaign;
        private final Group group;
        private final long placedAt;
        private final double chance;
        private long answersAt = NEVER;
        private boolean takenForPerson;
        private boolean answered;
        private boolean givenUp;
        private boolean joined;
        private @Nullable Double patience;

        /** @param chance of an answer, as {@link LabLists.Entry#chanceAt} has it when it is placed */
        private Call(CallId id, LabLists.Entry entry, long placedAt, double chance) {
            this.id = id;
            this.campaign = entry.campaign();
            this.group = entry.group();
            this.placedAt = placedAt;
            this.chance = chance;
        }
    }

    /**
     * What becomes of a call, times from its placement.
     *
     * @param fails how it ends without the dialer being told of an answer, or null where it is told
     * @param endsAfter when it fails, or the answer is told
     * @param ringsAfter or {@link #NEVER}
     * @param takenForPerson whether a machine answers that is not detected
     * @param patience seconds, or null for longer than allowed
     */
    private record Fate(
            @Nullable Outcome fails,
            long endsAfter,
            long ringsAfter,
            boolean takenForPerson,
            @Nullable Double patience) {}

    LabNetwork(
            Scenario scenario, Draws draws, LabLists lists, LabTeam team, List<AnswerWindow> windows, Agenda agenda) {
        this.scenario = scenario;
        this.draws = draws;
        this.lists = lists;
        this.team = team;
        this.windows = windows;
        this.agenda = agenda;
        this.patienceNanos = scenario.terms().connectWithinMillis() * MILLI + MILLI / 2;
        this.served = new long[scenario.campaigns().size()];
    }

    /** @param dayStart when the day began whose seconds the odds go by */
    void now(long nanos, long dayStart) {
        now = nanos;
        secondsFrom = dayStart;
    }

    // ---- calls that nobody has answered

    void place(Attempt attempt) {
        planned.put(attempt.call(), attempt.lead());
        if (unjournaled.isEmpty()) {
            agenda.put(now + JOURNAL_NANOS, this::journaled);
        }
        unjournaled.add(attempt.call());
    }

    /** It is in the journal and is not sent. */
    void takeBack(CallId call) {
        planned.remove(call);
    }

    void dial(CallId id) {
        LeadId lead = planned.remove(id);
        if (lead == null) {
            throw new IllegalStateException("call=" + id + ": is dialled and was not planned");
        }
        LabLists.Entry entry = lists.take(lead);
        Call call = new Call(id, entry, now, entry.chanceAt(secondOfDay()));
        dials++;
        live.put(call.id, call);
        begin(call, fate(entry));
    }

    private Event journaled() {
        List<CallId> batch = List.copyOf(unjournaled);
        unjournaled.clear();
        return new Event.AttemptsRecorded(batch, JOURNAL_NANOS);
    }

    private void begin(Call call, Fate fate) {
        call.patience = fate.patience;
        if (fate.ringsAfter != NEVER) {
            ringsAfter(fate.ringsAfter, call);
        }
        if (fate.fails != null) {
            fails(fate.endsAfter, call, fate.fails);
            return;
        }
        call.takenForPerson = fate.takenForPerson;
        call.answersAt = now + fate.endsAfter;
        agenda.put(call.answersAt, () -> answers(call));
    }

    /** Draws the same in the same order whatever the odds are, so that a lead is the same one whenever it is dialled. */
    private Fate fate(LabLists.Entry entry) {
        People people = scenario.campaigns().get(entry.campaign()).people().of(entry.group());
        RandomGenerator random = draws.of(Draws.Purpose.FATE, entry.campaign(), entry.number());
        double answers = random.nextDouble();
        double machine = random.nextDouble();
        double detected = random.nextDouble();
        double fails = random.nextDouble();
        long setUp = nanos(people.setUp().seconds(random));
        long ring = nanos(people.ring().seconds(random));
        long unanswered = nanos(people.unanswered().seconds(random));
        long detection = nanos(people.machines().detection().seconds(random));
        Double patience = people.patience() == null ? null : people.patience().seconds(random);

        long answersAfter = setUp + Math.max(ring, RINGS_NANOS + MILLI);
        if (answers < entry.group().odds().at(secondOfDay()) && ring < unanswered) {
            boolean isMachine = machine < people.machines().share();
            boolean isDetected = isMachine && detected < people.machines().detectedShare();
            return new Fate(
                    isDetected ? Outcome.MACHINE : null,
                    answersAfter + detection,
                    RINGS_NANOS + setUp,
                    isMachine && !isDetected,
                    patience);
        }
        for (Failure failure : people.failures()) {
            fails -= failure.share();
            if (fails < 0) {
                long after = Math.max(RINGS_NANOS, nanos(failure.after().seconds(random)));
                return new Fate(failure.outcome(), after, NEVER, false, patience);
            }
        }
        long after = setUp + Math.max(unanswered, RINGS_NANOS + MILLI);
        return new Fate(Outcome.NO_ANSWER, after, RINGS_NANOS + setUp, false, patience);
    }

    private double secondOfDay() {
        return (now - secondsFrom) / 1e9;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * 1e9);
    }

    private void ringsAfter(long after, Call call) {
        agenda.put(
                now + after, () -> live.containsKey(call.id) ? new Event.CallRinging(call.id) : Event.Ticked.INSTANCE);
    }

    private Event answers(Call call) {
        if (!live.containsKey(call.id) || call.givenUp) {
            return Event.Ticked.INSTANCE;
        }
        call.answered = true;
        windows.get(call.campaign).answered(now);
        agenda.put(now + patienceNanos, Event.Ticked.INSTANCE);
        if (call.patience != null) {
            agenda.put(now + nanos(call.patience), () -> losesPatience(call));
        }
        return new Event.CallAnswered(call.id);
    }

    private void fails(long after, Call call, Outcome outcome) {
        agenda.put(now + after, over(call, () -> new Event.CallFailed(call.id, outcome, CallCause.NONE, false)));
    }

    /** Whoever answers before the network knows of it has heard the phone go dead. */
    void giveUp(CallId id) {
        Call call = live.get(id);
        if (call != null) {
            call.givenUp = true;
            agenda.put(now + CARRIER_NANOS, over(call, () -> {
                boolean late = call.answersAt <= now && !call.answered;
                if (late) {
                    windows.get(call.campaign).answered(now);
                    windows.get(call.campaign).abandoned(now);
                }
                return new Event.CallFailed(call.id, Outcome.CANCELLED, CallCause.NONE, late);
            }));
        }
    }

    /** What is planned for a call that is over by then does not happen. */
    private Supplier<Event> over(Call call, Supplier<Event> event) {
        return () -> live.remove(call.id) == null ? Event.Ticked.INSTANCE : event.get();
    }

    // ---- answered calls

    private Event losesPatience(Call call) {
        return call.joined
                ? Event.Ticked.INSTANCE
                : over(call, () -> new Event.CallHungUp(call.id, HungUpBy.CUSTOMER, CallCause.NONE))
                        .get();
    }

    void join(CallId id, AgentId agent) {
        Call call = Objects.requireNonNull(live.get(id));
        call.joined = true;
        agenda.put(now + JOIN_NANOS, () -> {
            if (!live.containsKey(id)) {
                return Event.Ticked.INSTANCE;
            }
            connected++;
            return new Event.CallConnected(id, agent, JOIN_NANOS / 1_000);
        });
        RandomGenerator random = draws.of(Draws.Purpose.SERVICE, call.campaign, served[call.campaign]++);
        People people = people(call);
        double talk = people.talk().seconds(random);
        double wrapUp = people.wrapUp().seconds(random);
        double withMachine = people.machines().talk().seconds(random);
        long lasts = JOIN_NANOS + nanos((call.takenForPerson ? withMachine : talk) * team.pace(agent));
        team.serves(agent, call.campaign, now, lasts, nanos(wrapUp));
        hangsUp(lasts, id, HungUpBy.CUSTOMER);
    }

    /** @param abandoned whether it is for want of an agent */
    void hangUp(CallId id, HungUpBy by, boolean abandoned) {
        Call call = live.get(id);
        if (call != null) {
            call.joined = true;
            if (abandoned) {
                windows.get(call.campaign).abandoned(now);
            }
            hangsUp(CARRIER_NANOS, id, by);
        }
    }

    private void hangsUp(long after, CallId id, HungUpBy by) {
        Call call = Objects.requireNonNull(live.get(id));
        agenda.put(now + after, over(call, () -> new Event.CallHungUp(id, by, CallCause.NONE)));
    }

    private People people(Call call) {
        return scenario.campaigns().get(call.campaign).people();
    }

    // ---- what is known of them

    /** As in {@link Futures}. */
    long answersAtNanos(CallId id) {
        Call call = live.get(id);
        return call == null ? NEVER : call.answersAt;
    }

    /** As in {@link Futures}. */
    long nextAnswersAfterNanos(int campaign, int after) {
        LabLists.Entry entry = lists.upcoming(campaign, after, secondOfDay());
        if (entry == null) {
            return Futures.NO_CALL;
        }
        Fate fate = fate(entry);
        return fate.fails == null ? fate.endsAfter : NEVER;
    }

    /** As in {@link Futures}. */
    void answersWithin(CallId id, TrueLaws laws, double[] within) {
        Call call = live.get(id);
        if (call == null) {
            Arrays.fill(within, 0);
        } else {
            laws.answers(call.campaign, call.group, call.chance, (now - call.placedAt) / 1e9, within);
        }
    }

    /** As in {@link Futures}. */
    boolean nextAnswersWithin(int campaign, int after, TrueLaws laws, double[] within) {
        LabLists.Entry entry = lists.upcoming(campaign, after, secondOfDay());
        if (entry == null) {
            return false;
        }
        laws.answers(campaign, entry.group(), entry.chanceAt(secondOfDay()), 0, within);
        return true;
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
