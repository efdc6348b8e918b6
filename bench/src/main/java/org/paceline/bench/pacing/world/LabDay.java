package org.paceline.bench.pacing.world;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.floor.Agenda;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.oracle.TrueLaws;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.engine.Engine;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.pacing.PacerFactory;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;

/**
 * One day of one team, or several with nights between, from cold: the production engine in virtual time. The same seed is
 * the same day.
 *
 * <p>Thread: one at a time.
 */
public final class LabDay implements Futures {
    private static final long MILLI = 1_000_000L;
    private static final long CARRIER_NANOS = 30 * MILLI;
    private static final long STORE_NANOS = 5 * MILLI;
    private static final long TICK_NANOS = 250 * MILLI;
    private static final long PIPELINE_TICK_NANOS = 5 * MILLI;
    private static final long NIGHT_TICK_NANOS = 30_000 * MILLI;
    private static final long DAY_NANOS = 86_400_000 * MILLI;
    private static final long NEVER_MILLIS = 86_400_000;

    /** After the last dial of a day agents stay for as long as its calls may ring and be answered. */
    private static final long LEAVE_AFTER_NANOS = 60_000 * MILLI;

    private static final double TRACE_SECONDS = 10;
    private static final long LONGEST_DECISION_NANOS = 60_000_000_000L;

    private final Setup setup;
    private final BenchFloor floor = new BenchFloor();
    private final Agenda agenda = new Agenda();
    private final List<CampaignId> campaigns;
    private final List<AnswerWindow> windows = new ArrayList<>();
    private final LabLists lists;
    private final LabTeam team;
    private final LabNetwork network;
    private final Engine engine;
    private final Histogram decisionNanos = new Histogram(LONGEST_DECISION_NANOS, 3);
    private final DayTraceMaker trace = new DayTraceMaker();
    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private long now;
    private long goesOnNanos;
    private long dayStart;
    private int unstored;
    private @Nullable TrueLaws laws;

    /**
     * What is run.
     *
     * @param hours length of a day
     * @param traced whether the result has a {@link DayTrace}
     */
    public record Setup(
            Scenario scenario, int agents, double hours, int days, Entrant entrant, long seed, boolean traced) {}

    /**
     * What came of it.
     *
     * @param utilisation share of signed-in time without breaks in talk and wrap-up, 0 to 1
     * @param talkShare the same of talk alone
     * @param idleSecondsPerCall time that agents waited for each customer they got; 0 without customers
     * @param agentHours signed-in time without breaks
     * @param pausedHours time of breaks
     * @param answered as the dialer was told, machines that were taken for persons included
     * @param connected customers who got an agent
     * @param waiting answered customers without an agent at the end
     * @param outcomes of all calls that are over
     * @param campaigns in the scenario's order
     * @param abandonedRatio share of answered calls that were abandoned, of the campaign where it is largest, 0 to 1
     * @param worstWindowRatio the largest such share of any moment, as {@link AnswerWindow#worstRatio} has it
     * @param decisionNanos wall time of the pacers' decisions, as {@link TimedPacer} takes it
     * @param trace null where none was asked for
     */
    public record Result(
            double utilisation,
            double talkShare,
            double idleSecondsPerCall,
            double agentHours,
            double pausedHours,
            long dials,
            long answered,
            long abandoned,
            long connected,
            long waiting,
            Map<Outcome, Long> outcomes,
            List<OfCampaign> campaigns,
            double abandonedRatio,
            double worstWindowRatio,
            Histogram decisionNanos,
            @Nullable DayTrace trace) {}

    /** One campaign's part of it; the ratio is {@link AnswerWindow#worstRatio}. */
    public record OfCampaign(String name, long answered, long abandoned, double worstWindowRatio) {}

    /** One day, without a trace. */
    public LabDay(Scenario scenario, int agents, double hours, Entrant entrant, long seed) {
        this(new Setup(scenario, agents, hours, 1, entrant, seed, false));
    }

    public LabDay(Setup setup) {
        this.setup = setup;
        Scenario scenario = setup.scenario;
        Draws draws = new Draws(setup.seed);
        this.campaigns = scenario.campaigns().stream()
                .map(campaign -> new CampaignId(campaign.name()))
                .toList();
        for (int i = 0; i < campaigns.size(); i++) {
            windows.add(new AnswerWindow(scenario.terms().window().longestMillis() * MILLI));
        }
        this.lists = new LabLists(scenario, draws, floor);
        this.team = new LabTeam(scenario, draws, setup.agents, campaigns, agenda);
        this.network = new LabNetwork(scenario, draws, lists, team, windows, agenda);
        PacerFactory pacers = setup.entrant.pacers(this);
        this.engine = new Engine(
                EngineSettings.withDefaults(1L << CallId.RUN_SHIFT, BenchFloor.ZONE),
                moment(),
                mode -> new TimedPacer(pacers.of(mode), decisionNanos));
    }

    /** Once only. */
    public Result run() {
        open();
        long length = (long) (setup.hours * 3_600e9);
        for (int day = 0; day < setup.days; day++) {
            dayStart = day * DAY_NANOS;
            boolean isLast = day == setup.days - 1;
            begin(isLast ? Long.MAX_VALUE : dayStart + length);
            pass(dayStart + length);
            if (!isLast) {
                team.allLeave(now + LEAVE_AFTER_NANOS);
                pass(dayStart + DAY_NANOS);
            }
        }
        return result();
    }

    @Override
    public long freeAtNanos(AgentId agent) {
        return team.freeAtNanos(agent);
    }

    @Override
    public long answersAtNanos(CallId call) {
        return network.answersAtNanos(call);
    }

    @Override
    public long nextAnswersAfterNanos(CampaignId campaign, int after) {
        return network.nextAnswersAfterNanos(campaigns.indexOf(campaign), after);
    }

    @Override
    public void freeWithin(AgentId agent, ServiceLaw.Phase phase, double ageSeconds, double[] within) {
        laws().frees(team.serving(agent), phase, team.pace(agent), ageSeconds, within);
    }

    @Override
    public void answersWithin(CallId call, double[] within) {
        network.answersWithin(call, laws(), within);
    }

    @Override
    public boolean nextAnswersWithin(CampaignId campaign, int after, double[] within) {
        return network.nextAnswersWithin(campaigns.indexOf(campaign), after, laws(), within);
    }

    private TrueLaws laws() {
        TrueLaws known = laws == null ? new TrueLaws(setup.scenario) : laws;
        laws = known;
        return known;
    }

    private void open() {
        Scenario.Trunk limits = setup.scenario.trunk();
        TrunkSettings wide = floor.trunk();
        agenda.put(
                0,
                new Event.TrunkConfigured(new TrunkSettings(
                        wide.id(),
                        limits.channels(setup.agents),
                        0,
                        limits.callsPerSecond(setup.agents),
                        wide.priority(),
                        null)));
        agenda.put(0, new Event.TrunkChanged(BenchFloor.TRUNK, true, 0, "answers"));
    }

    /** Campaigns dial until then, the team comes, and lists are filled when their time has come. */
    private void begin(long closesNanos) {
        LabRules rules = new LabRules(floor.rules(), setup.scenario.terms());
        for (int c = 0; c < campaigns.size(); c++) {
            CampaignId id = campaigns.get(c);
            agenda.put(
                    dayStart,
                    new Event.CampaignConfigured(floor.campaign(
                            id,
                            setup.entrant.settings(),
                            rules,
                            AgentTerms.wrapUp(NEVER_MILLIS),
                            closesNanos == Long.MAX_VALUE ? Long.MAX_VALUE : epochMillis(closesNanos))));
            for (Scenario.CallList list : setup.scenario.campaigns().get(c).lists()) {
                if (list.fromSecond() > 0) {
                    agenda.put(dayStart + (long) (list.fromSecond() * 1e9), new Event.LeadsChanged(id));
                }
            }
        }
        team.plan(dayStart);
    }

    private void pass(long until) {
        double every = TRACE_SECONDS * 1e9;
        while (now < until) {
            boolean isNight = now > dayStart && team.isAway() && network.isQuiet();
            long tick = Math.min(until, now + (isNight ? NIGHT_TICK_NANOS : TICK_NANOS));
            runUntil(tick);
            take(Event.Ticked.INSTANCE);
            windows.forEach(window -> window.advance(now));
            if (setup.traced && (long) (now / every) != (long) ((now - TICK_NANOS) / every) && !isNight) {
                trace.sample(now / 1e9, engine.snapshot(moment()), lists.trueRate(0, secondOfDay()));
            }
        }
    }

    private void runUntil(long until) {
        for (long due = agenda.nextNanos(); due <= until; due = agenda.nextNanos()) {
            at(due);
            Event event = agenda.take(due);
            if (event != null) {
                take(event);
            }
        }
        at(until);
    }

    private void at(long nanos) {
        now = nanos;
        network.now(now, dayStart);
    }

    private double secondOfDay() {
        return (now - dayStart) / 1e9;
    }

    private static long epochMillis(long nanos) {
        return BenchFloor.NOON_EPOCH_MILLIS + nanos / MILLI;
    }

    private Moment moment() {
        return new Moment(now, epochMillis(now));
    }

    private void take(Event event) {
        engine.on(event, moment(), effects::addLast);
        while (!effects.isEmpty()) {
            perform(effects.removeFirst());
        }
    }

    /** An event places some of many calls, the rest follow at the next one, or at the tick that the pipeline makes in quiet. */
    private void goOnSoon() {
        if (now >= goesOnNanos) {
            goesOnNanos = now + PIPELINE_TICK_NANOS;
            agenda.put(goesOnNanos, Event.Ticked.INSTANCE);
        }
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.PlaceCall place -> {
                network.place(place.attempt());
                goOnSoon();
            }
            case Effect.TakeBack back -> network.takeBack(back.attempt().call());
            case Effect.Dial dial -> network.dial(dial.call());
            case Effect.Connect connect -> network.join(connect.call(), connect.agent());
            case Effect.HangUp hangUp ->
                network.hangUp(hangUp.call(), HungUpBy.US, hangUp.cause() == HangUpCause.ABANDONED);
            case Effect.Announce announce -> network.hangUp(announce.call(), HungUpBy.ANNOUNCEMENT_END, true);
            case Effect.CancelCall cancel -> network.giveUp(cancel.call());
            case Effect.RequestLeads request -> agenda.put(now + STORE_NANOS, () -> leads(request));
            case Effect.OpenLine open -> agenda.put(now + CARRIER_NANOS, new Event.LineOpened(open.agent()));
            case Effect.AgentChanged changed -> {
                store();
                team.changed(changed.agent(), changed.state(), now);
            }
            case Effect.AnswerCommand answer -> {
                if (answer.result() instanceof CommandResult.Refused refused) {
                    throw new IllegalStateException("an agent of the lab was refused: " + refused.reason());
                }
            }
            case Effect.Entry _ -> store();
            case Effect.RequestCallbacks _,
                    Effect.RingAgent _,
                    Effect.StopRinging _,
                    Effect.WarnAgent _,
                    Effect.StartRecording _,
                    Effect.CloseLine _,
                    Effect.TrunkStopped _,
                    Effect.CallerIdBlocked _,
                    Effect.Drained _ -> {}
        }
    }

    private Event leads(Effect.RequestLeads request) {
        int campaign = campaigns.indexOf(request.campaign());
        List<Lead> leads = lists.next(campaign, request.campaign(), request.count(), secondOfDay());
        double next = lists.nextComesAt(campaign, secondOfDay());
        return new Event.LeadsArrived(
                request.campaign(),
                leads,
                leads.isEmpty() && next < Double.MAX_VALUE
                        ? epochMillis(dayStart + (long) (next * 1e9))
                        : Long.MAX_VALUE);
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

    private Result result() {
        Map<AgentState, Long> spent = team.spentNanos(now);
        long talk = spent.getOrDefault(AgentState.TALKING, 0L);
        long wrapUp = spent.getOrDefault(AgentState.WRAP_UP, 0L);
        long idle = spent.getOrDefault(AgentState.READY, 0L)
                + spent.getOrDefault(AgentState.RESERVED, 0L)
                + spent.getOrDefault(AgentState.LINE_CONNECTING, 0L);
        double here = Math.max(1, talk + wrapUp + idle);
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        long answered = 0;
        long abandoned = 0;
        long waiting = 0;
        for (Snapshot.Campaign campaign : engine.snapshot(moment()).campaigns()) {
            campaign.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
            answered += campaign.answered();
            abandoned += campaign.abandoned();
            waiting += campaign.waiting();
        }
        return new Result(
                (talk + wrapUp) / here,
                talk / here,
                network.connected() == 0 ? 0 : idle / 1e9 / network.connected(),
                here / 3_600e9,
                spent.getOrDefault(AgentState.PAUSED, 0L) / 3_600e9,
                network.dials(),
                answered,
                abandoned,
                network.connected(),
                waiting,
                outcomes,
                ofCampaigns(),
                windows.stream().mapToDouble(AnswerWindow::ratio).max().orElse(0),
                windows.stream().mapToDouble(AnswerWindow::worstRatio).max().orElse(0),
                decisionNanos,
                setup.traced ? trace.trace() : null);
    }

    private List<OfCampaign> ofCampaigns() {
        List<OfCampaign> all = new ArrayList<>();
        for (int c = 0; c < campaigns.size(); c++) {
            AnswerWindow window = windows.get(c);
            all.add(new OfCampaign(
                    campaigns.get(c).value(), window.allAnswered(), window.allAbandoned(), window.worstRatio()));
        }
        return all;
    }
}
