package org.paceline.bench.pacing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.floor.Agenda;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentId;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallId;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.dialer.campaign.Lead;
import org.paceline.dialer.campaign.LeadKind;
import org.paceline.dialer.campaign.LeadTraits;
import org.paceline.dialer.engine.Effect;
import org.paceline.dialer.engine.Engine;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.engine.Event;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.forecast.RecordGroup;
import org.paceline.dialer.time.Moment;

/**
 * One day of one team, from cold: the production engine in virtual time. The same seed is the same day.
 *
 * <p>Thread: one at a time.
 */
final class LabDay implements Futures {
    private static final CampaignId CAMPAIGN = new CampaignId("lab");
    private static final long MILLI = 1_000_000L;
    private static final long JOURNAL_NANOS = 2 * MILLI;
    private static final long CARRIER_NANOS = 30 * MILLI;
    private static final long JOIN_NANOS = 3 * MILLI;
    private static final long STORE_NANOS = 5 * MILLI;
    private static final long TICK_NANOS = 250 * MILLI;
    private static final long UNANSWERED_NANOS = 25_000 * MILLI;
    private static final long NEVER_MILLIS = 86_400_000;

    /** When nobody has come for an answered customer. */
    private static final long ABANDONED_NANOS = 2_000 * MILLI + MILLI / 2;

    private final Scenario scenario;
    private final int agents;
    private final double hours;
    private final Random random;
    private final Entrant entrant;
    private final BenchFloor floor = new BenchFloor();
    private final Agenda agenda = new Agenda();
    private final Set<CallId> live = new HashSet<>();
    private final Map<Long, Integer> segments = new HashMap<>();
    private final Map<AgentId, Long> busySince = new HashMap<>();
    private final Map<AgentId, Long> wrapUps = new HashMap<>();
    private final Map<AgentId, Long> freeAt = new HashMap<>();
    private final Map<CallId, Long> answersAt = new HashMap<>();
    private final List<Fate> fates = new ArrayList<>();
    private final List<CallId> unrecorded = new ArrayList<>();
    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private long now;
    private long dials;
    private long busyNanos;
    private int unstored;

    LabDay(Scenario scenario, int agents, double hours, Entrant entrant, long seed) {
        this.scenario = scenario;
        this.agents = agents;
        this.hours = hours;
        this.entrant = entrant;
        this.random = new Random(seed);
    }

    /** Drawn for a call, in the order of placement, when it is placed or when an oracle asks before. */
    private record Fate(long ringNanos, double luck) {}

    /**
     * What came of it.
     *
     * @param utilisation share of signed-in time in talk and wrap-up, 0 to 1
     */
    record Result(double utilisation, long dials, long answered, long abandoned) {
        double abandonedRatio() {
            return answered == 0 ? 0 : (double) abandoned / answered;
        }
    }

    Result run() {
        Moment start = new Moment(0, BenchFloor.NOON_EPOCH_MILLIS);
        Engine engine = new Engine(
                EngineSettings.withDefaults(1L << CallId.RUN_SHIFT, BenchFloor.ZONE), start, entrant.pacers(this));
        open();
        long end = (long) (hours * 3_600e9);
        for (long tick = TICK_NANOS; tick <= end; tick += TICK_NANOS) {
            runUntil(engine, start, tick);
            take(engine, start, Event.Ticked.INSTANCE);
        }
        busySince.values().forEach(since -> busyNanos += end - since);
        Snapshot.Campaign campaign = engine.snapshot(at(start)).campaigns().getFirst();
        return new Result(busyNanos / ((double) agents * end), dials, campaign.answered(), campaign.abandoned());
    }

    @Override
    public long freeAtNanos(AgentId agent) {
        return freeAt.getOrDefault(agent, Long.MAX_VALUE);
    }

    @Override
    public long answersAtNanos(CallId call) {
        return answersAt.getOrDefault(call, Long.MAX_VALUE);
    }

    @Override
    public long nextAnswersAfterNanos(int after, @Nullable RecordGroup group) {
        while (fates.size() <= after) {
            fates.add(fate());
        }
        String grade = group == null ? null : group.segment();
        return answersAfterNanos(fates.get(after), grade == null ? 0 : Integer.parseInt(grade));
    }

    private void open() {
        agenda.put(0, new Event.TrunkConfigured(floor.trunk()));
        agenda.put(0, new Event.TrunkChanged(BenchFloor.TRUNK, true, 0, "answers"));
        agenda.put(
                0,
                new Event.CampaignConfigured(floor.campaign(
                        CAMPAIGN, entrant.settings(), new LabRules(floor.rules()), AgentTerms.wrapUp(NEVER_MILLIS))));
        for (int i = 0; i < agents; i++) {
            AgentId agent = BenchFloor.agent(i);
            AgentAddress phone = new AgentAddress("sip:" + agent + "@127.0.0.1");
            agenda.put(0, new Event.AgentCommanded(i, agent, new AgentCommand.SignIn(phone, Set.of(CAMPAIGN), 0)));
            agenda.put(0, new Event.AgentCommanded(i, agent, new AgentCommand.Ready()));
        }
    }

    private void runUntil(Engine engine, Moment start, long until) {
        for (long due = agenda.nextNanos(); due <= until; due = agenda.nextNanos()) {
            now = due;
            Event event = agenda.take(due);
            if (event != null) {
                take(engine, start, event);
            }
        }
        now = until;
    }

    private void take(Engine engine, Moment start, Event event) {
        engine.on(event, at(start), effects::addLast);
        while (!effects.isEmpty()) {
            perform(effects.removeFirst());
        }
    }

    private Moment at(Moment start) {
        return new Moment(now, start.epochMillis() + now / MILLI);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.PlaceCall place -> place(place);
            case Effect.Connect connect -> connect(connect.call(), connect.agent());
            case Effect.HangUp hangUp -> hungUp(CARRIER_NANOS, hangUp.call(), HungUpBy.US);
            case Effect.Announce announce -> hungUp(CARRIER_NANOS, announce.call(), HungUpBy.ANNOUNCEMENT_END);
            case Effect.CancelCall cancel -> fails(CARRIER_NANOS, cancel.call(), Outcome.CANCELLED);
            case Effect.RequestLeads request -> agenda.put(now + STORE_NANOS, () -> leads(request.count()));
            case Effect.OpenLine open -> agenda.put(now + CARRIER_NANOS, new Event.LineOpened(open.agent()));
            case Effect.AgentChanged changed -> agentChanged(changed);
            case Effect.Entry _ -> store();
            case Effect.RequestCallbacks _,
                    Effect.RingAgent _,
                    Effect.StopRinging _,
                    Effect.WarnAgent _,
                    Effect.StartRecording _,
                    Effect.CloseLine _,
                    Effect.AnswerCommand _,
                    Effect.Drained _ -> {}
        }
    }

    private Event leads(int count) {
        List<Lead> leads = floor.leads(
                CAMPAIGN,
                count,
                () -> new LeadTraits(
                        false,
                        scenario.segments() == 1 ? null : Integer.toString(random.nextInt(scenario.segments())),
                        LeadTraits.NO_CONSENT,
                        LeadKind.NEW));
        for (Lead lead : leads) {
            String grade = lead.traits().grade();
            segments.put(lead.id().value(), grade == null ? 0 : Integer.parseInt(grade));
        }
        return new Event.LeadsArrived(CAMPAIGN, leads, Long.MAX_VALUE);
    }

    private void place(Effect.PlaceCall place) {
        CallId call = place.attempt().call();
        Integer segment = segments.remove(place.attempt().lead().value());
        dials++;
        live.add(call);
        if (unrecorded.isEmpty()) {
            agenda.put(now + JOURNAL_NANOS, this::recorded);
        }
        unrecorded.add(call);
        long rings = JOURNAL_NANOS + CARRIER_NANOS;
        agenda.put(now + rings, whileLive(call, new Event.CallRinging(call)));
        Fate fate = fates.isEmpty() ? fate() : fates.removeFirst();
        long after = answersAfterNanos(fate, segment == null ? 0 : segment);
        if (after < UNANSWERED_NANOS) {
            long answers = now + after;
            answersAt.put(call, answers);
            agenda.put(answers, whileLive(call, new Event.CallAnswered(call)));
        } else {
            fails(UNANSWERED_NANOS, call, Outcome.NO_ANSWER);
        }
    }

    private Fate fate() {
        return new Fate((long) (scenario.ringSeconds(random) * 1e9), random.nextDouble());
    }

    private long answersAfterNanos(Fate fate, int segment) {
        boolean answers = fate.luck < scenario.answerChance(segment, now / 1e9) && fate.ringNanos < UNANSWERED_NANOS;
        return answers ? Math.max(fate.ringNanos, JOURNAL_NANOS + CARRIER_NANOS + MILLI) : Long.MAX_VALUE;
    }

    /** What is planned for a call that is over by then does not happen. */
    private Supplier<Event> whileLive(CallId call, Event event) {
        return () -> {
            if (!live.contains(call)) {
                return Event.Ticked.INSTANCE;
            }
            if (event instanceof Event.CallAnswered) {
                agenda.put(now + ABANDONED_NANOS, Event.Ticked.INSTANCE);
            }
            return event;
        };
    }

    private void fails(long after, CallId call, Outcome outcome) {
        agenda.put(now + after, () -> over(call, new Event.CallFailed(call, outcome, CallCause.NONE, false)));
    }

    private void hungUp(long after, CallId call, HungUpBy by) {
        agenda.put(now + after, () -> over(call, new Event.CallHungUp(call, by, CallCause.NONE)));
    }

    private Event over(CallId call, Event event) {
        answersAt.remove(call);
        return !live.remove(call) ? Event.Ticked.INSTANCE : event;
    }

    private Event recorded() {
        List<CallId> batch = List.copyOf(unrecorded);
        unrecorded.clear();
        return new Event.AttemptsRecorded(batch);
    }

    private void connect(CallId call, AgentId agent) {
        agenda.put(now + JOIN_NANOS, new Event.CallConnected(call, agent, JOIN_NANOS / 1_000));
        long talk = JOIN_NANOS + (long) (scenario.talkSeconds(random) * 1e9);
        long wrapUp = (long) (scenario.wrapUpSeconds(random) * 1e9);
        wrapUps.put(agent, wrapUp);
        freeAt.put(agent, now + talk + wrapUp);
        hungUp(talk, call, HungUpBy.CUSTOMER);
    }

    private void agentChanged(Effect.AgentChanged changed) {
        store();
        boolean busy = changed.state() == AgentState.TALKING || changed.state() == AgentState.WRAP_UP;
        Long since = busy ? busySince.putIfAbsent(changed.agent(), now) : busySince.remove(changed.agent());
        if (!busy && since != null) {
            busyNanos += now - since;
        }
        if (changed.state() == AgentState.WRAP_UP) {
            agenda.put(
                    now + Objects.requireNonNull(wrapUps.remove(changed.agent())),
                    new Event.AgentCommanded(0, changed.agent(), new AgentCommand.EndWrapUp(null)));
        }
    }

    private void store() {
        if (unstored++ == 0) {
            agenda.put(now + STORE_NANOS, this::stored);
        }
    }

    private Event stored() {
        int entries = unstored;
        unstored = 0;
        return new Event.RecordsStored(entries);
    }
}
