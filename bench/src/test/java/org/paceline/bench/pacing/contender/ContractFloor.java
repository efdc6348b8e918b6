package org.paceline.bench.pacing.contender;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.paceline.bench.floor.Agenda;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.oracle.Steps;
import org.paceline.bench.pacing.scenario.Scenarios;
import org.paceline.bench.pacing.world.LabRules;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.engine.Engine;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignStanding;
import org.paceline.rules.CampaignStanding.ApprovalState;
import org.paceline.rules.RuleBook;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;

/**
 * A floor on which nothing is left to chance: each fourth call is answered after 8 s, talks take 30 s, wrap-ups 5 s. It keeps
 * when calls were placed, and how many were live at most.
 */
final class ContractFloor implements Futures {
    static final CampaignId CAMPAIGN = new CampaignId("contract");
    static final long SECOND = 1_000_000_000L;
    static final long ATTEMPT_MICROS = 30_000;

    private static final long MILLI = 1_000_000L;
    private static final long ANSWER_NANOS = 8 * SECOND;
    private static final long UNANSWERED_NANOS = 25 * SECOND;
    private static final long TALK_NANOS = 30 * SECOND;
    private static final long WRAP_UP_NANOS = 5 * SECOND;
    private static final int ANSWERED_OF = 4;

    private final BenchFloor floor = new BenchFloor();
    private final Agenda agenda = new Agenda();
    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final List<Long> placedNanos = new ArrayList<>();
    private final Set<CallId> live = new HashSet<>();
    private final Set<CallId> answered = new HashSet<>();
    private final Map<CallId, Long> answersAt = new HashMap<>();
    private final Map<AgentId, Long> freeAt = new HashMap<>();
    private final Engine engine;
    private final PacingSettings pacing;
    private Budget budget = Budget.unlimited("campaign:" + CAMPAIGN);
    private long now;
    private int mostLive;
    private int mostPaid;
    private long talks;

    ContractFloor(PacingSettings pacing, Function<Futures, Pacer> pacer) {
        this.pacing = pacing;
        this.engine = new Engine(
                EngineSettings.withDefaults(1L << CallId.RUN_SHIFT, BenchFloor.ZONE),
                new Moment(0, BenchFloor.NOON_EPOCH_MILLIS),
                _ -> pacer.apply(this));
    }

    /** @param callsPerSecond most new calls a second; each costs {@link #ATTEMPT_MICROS} as soon as it is placed */
    ContractFloor trunk(int channels, double callsPerSecond) {
        Tariff tariff = new Tariff(Map.of(Tariff.ANY, new Tariff.Rate(0, ATTEMPT_MICROS, 1, 1)));
        tell(new Event.TrunkConfigured(new TrunkSettings(BenchFloor.TRUNK, channels, 0, callsPerSecond, 1, tariff)));
        tell(new Event.TrunkChanged(BenchFloor.TRUNK, true, 0, "answers"));
        return this;
    }

    /** @param limitMicros of a month's calls */
    ContractFloor budget(long limitMicros) {
        budget = new Budget("campaign:" + CAMPAIGN, limitMicros, Budget.RESERVE_MILLIS, "test");
        return this;
    }

    ContractFloor campaign(ApprovalState state) {
        RuleBook book = RuleBooks.compile(List.of(), CampaignRules.none().withBudget(budget));
        CampaignSettings of = floor.campaign(
                CAMPAIGN,
                pacing,
                new LabRules(book, Scenarios.named("constant").terms()),
                AgentTerms.wrapUp(UNANSWERED_NANOS / MILLI));
        tell(new Event.CampaignConfigured(new CampaignSettings(
                of.id(),
                new CampaignStanding(state, 0, Long.MAX_VALUE),
                of.rules(),
                of.retries(),
                of.pacing(),
                budget,
                of.callerId(),
                of.trunks(),
                of.ringLimitMillis(),
                of.agents(),
                of.calls(),
                of.demands(),
                of.recording(),
                null,
                null,
                null)));
        return this;
    }

    ContractFloor agents(int count) {
        for (int i = 0; i < count; i++) {
            AgentAddress phone = new AgentAddress("sip:agent" + i + "@127.0.0.1");
            command(i, new AgentCommand.SignIn(phone, Set.of(CAMPAIGN), 0));
            command(i, new AgentCommand.Ready());
        }
        return this;
    }

    ContractFloor everyAgent(int count, AgentCommand command) {
        for (int i = 0; i < count; i++) {
            command(i, command);
        }
        return this;
    }

    private void command(int agent, AgentCommand command) {
        tell(new Event.AgentCommanded(agent, BenchFloor.agent(agent), command));
    }

    ContractFloor pass(int seconds) {
        long until = now + seconds * SECOND;
        for (long tick = now + 50 * MILLI; tick <= until; tick += 50 * MILLI) {
            for (long due = agenda.nextNanos(); due <= tick; due = agenda.nextNanos()) {
                now = due;
                Event event = agenda.take(due);
                if (event != null) {
                    tell(event);
                }
            }
            now = tick;
            tell(Event.Ticked.INSTANCE);
        }
        return this;
    }

    int placed() {
        return placedNanos.size();
    }

    /** Calls at most at once that were answered before, or might be yet. */
    int mostPaid() {
        return mostPaid;
    }

    int mostLive() {
        return mostLive;
    }

    long talks() {
        return talks;
    }

    private void tell(Event event) {
        engine.on(event, new Moment(now, BenchFloor.NOON_EPOCH_MILLIS + now / MILLI), effects::addLast);
        while (!effects.isEmpty()) {
            perform(effects.removeFirst());
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.PlaceCall place -> place(place.attempt().call());
            case Effect.Dial dial -> dial(dial.call());
            case Effect.Connect connect -> connect(connect.call(), connect.agent());
            case Effect.HangUp hangUp -> over(MILLI, hangUp.call(), hungUp(hangUp.call(), HungUpBy.US));
            case Effect.CancelCall cancel -> over(MILLI, cancel.call(), failed(cancel.call(), Outcome.CANCELLED));
            case Effect.RequestLeads request ->
                agenda.put(
                        now + MILLI,
                        new Event.LeadsArrived(CAMPAIGN, floor.leads(CAMPAIGN, request.count()), Long.MAX_VALUE));
            case Effect.OpenLine open -> agenda.put(now + MILLI, new Event.LineOpened(open.agent()));
            case Effect.AgentChanged changed
            when changed.state() == AgentState.WRAP_UP ->
                agenda.put(
                        now + WRAP_UP_NANOS,
                        new Event.AgentCommanded(0, changed.agent(), new AgentCommand.EndWrapUp(changed.call(), null)));
            case Effect.Entry _ -> agenda.put(now + MILLI, new Event.RecordsStored(1));
            default -> {}
        }
    }

    private void place(CallId call) {
        placedNanos.add(now);
        live.add(call);
        mostLive = Math.max(mostLive, live.size());
        Set<CallId> paid = new HashSet<>(answered);
        paid.addAll(live);
        mostPaid = Math.max(mostPaid, paid.size());
        agenda.put(now + MILLI, new Event.AttemptsRecorded(List.of(call), MILLI));
    }

    private void dial(CallId call) {
        agenda.put(now + MILLI, new Event.CallRinging(call));
        if (isAnswered(placed() - 1)) {
            answersAt.put(call, now + ANSWER_NANOS);
            agenda.put(now + ANSWER_NANOS, () -> answer(call));
        } else {
            over(UNANSWERED_NANOS, call, failed(call, Outcome.NO_ANSWER));
        }
    }

    private Event answer(CallId call) {
        if (!live.contains(call)) {
            return Event.Ticked.INSTANCE;
        }
        answered.add(call);
        return new Event.CallAnswered(call);
    }

    private static boolean isAnswered(int index) {
        return index % ANSWERED_OF == ANSWERED_OF - 1;
    }

    private void connect(CallId call, AgentId agent) {
        talks++;
        agenda.put(now + MILLI, new Event.CallConnected(call, agent, 1_000));
        freeAt.put(agent, now + TALK_NANOS + WRAP_UP_NANOS);
        over(TALK_NANOS, call, hungUp(call, HungUpBy.CUSTOMER));
    }

    private static Event failed(CallId call, Outcome outcome) {
        return new Event.CallFailed(call, outcome, CallCause.NONE, false);
    }

    private static Event hungUp(CallId call, HungUpBy by) {
        return new Event.CallHungUp(call, by, CallCause.NONE);
    }

    private void over(long after, CallId call, Event event) {
        agenda.put(now + after, () -> live.remove(call) ? event : Event.Ticked.INSTANCE);
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
    public long nextAnswersAfterNanos(CampaignId campaign, int after) {
        return isAnswered(placed() + after) ? ANSWER_NANOS : Long.MAX_VALUE;
    }

    @Override
    public void freeWithin(AgentId agent, ServiceLaw.Phase phase, double ageSeconds, double[] within) {
        Steps.certain(freeAtNanos(agent) - now, within);
    }

    @Override
    public void answersWithin(CallId call, double[] within) {
        Steps.certain(answersAtNanos(call) - now, within);
    }

    @Override
    public boolean nextAnswersWithin(CampaignId campaign, int after, double[] within) {
        Steps.certain(ANSWER_NANOS, within);
        Arrays.setAll(within, j -> within[j] / ANSWERED_OF);
        return true;
    }
}
