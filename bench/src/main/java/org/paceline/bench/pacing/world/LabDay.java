package org.paceline.bench.pacing.world;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.pacing.contender.Entrant;
import org.paceline.bench.pacing.scenario.Scenario;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.engine.Engine;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.PacerFactory;
import org.paceline.dialer.simulation.BatchStore;
import org.paceline.dialer.simulation.Behaviours;
import org.paceline.dialer.simulation.VirtualWorld;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;

/**
 * One day of one team, or several with nights between, from cold: the production engine in virtual time. The same seed
 * gives the same day.
 *
 * <p>Thread: one at a time.
 */
public final class LabDay {
    private static final long MILLI = 1_000_000L;
    private static final long STORE_NANOS = 5 * MILLI;
    private static final long TICK_NANOS = 250 * MILLI;
    private static final long NIGHT_TICK_NANOS = 30_000 * MILLI;
    private static final long DAY_NANOS = 86_400_000 * MILLI;
    private static final long NEVER_MILLIS = 86_400_000;

    /** How long agents stay after the last dial of a day, so that its calls can ring and be answered. */
    private static final long LEAVE_AFTER_NANOS = 60_000 * MILLI;

    private static final double TRACE_NANOS = 10e9;
    private static final long LONGEST_DECISION_NANOS = 60_000_000_000L;

    private final Setup setup;
    private final BenchFloor floor = new BenchFloor();
    private final VirtualWorld world = new VirtualWorld(new Moment(0, BenchFloor.NOON_EPOCH_MILLIS));
    private final DayClock day = new DayClock(world);
    private final List<CampaignId> campaigns;
    private final LabLists lists;
    private final LabTeam team;
    private final LabNetwork network;
    private final Engine engine;
    private final Histogram decisionNanos = new Histogram(LONGEST_DECISION_NANOS, 3);
    private final DayTraceMaker trace = new DayTraceMaker();

    /**
     * The set-up of a run.
     *
     * @param hours length of a day
     * @param traced whether the result has a {@link DayTrace}
     */
    public record Setup(
            Scenario scenario, int agents, double hours, int days, Entrant entrant, long seed, boolean traced) {}

    /**
     * The result of a run.
     *
     * @param utilisation share of signed-in time without breaks in talk and wrap-up, 0 to 1
     * @param talkShare share of that time in talk alone
     * @param idleSecondsPerCall time that agents waited for each customer they got; 0 without customers
     * @param agentHours signed-in time without breaks
     * @param pausedHours time of breaks
     * @param answered answered calls as the dialer was told, machines that were taken for persons included
     * @param connected customers who got an agent
     * @param waiting answered customers without an agent at the end
     * @param outcomes outcomes of all calls that are over
     * @param campaigns the campaigns in the scenario's order
     * @param abandonedRatio share of answered calls that were abandoned, of the campaign where it is largest, 0 to 1
     * @param worstWindowRatio the largest such share at any moment, as in {@link AnswerWindow#worstRatio}
     * @param decisionNanos wall time of the pacers' decisions, as measured by {@link TimedPacer}
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

    /** One campaign's part of the result; the ratio is {@link AnswerWindow#worstRatio}. */
    public record OfCampaign(String name, long answered, long abandoned, double worstWindowRatio) {}

    /** Makes one day, without a trace. */
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
        this.lists = new LabLists(scenario, draws, floor);
        this.team = new LabTeam(world, scenario, draws, setup.agents, campaigns);
        LabJournal journal = new LabJournal(world);
        this.network = new LabNetwork(world, day, new CallFates(scenario, draws), lists, journal, team);
        PacerFactory pacers = setup.entrant.pacers(new DayFutures(scenario, campaigns, team, network));
        this.engine = new Engine(
                EngineSettings.withDefaults(1L << CallId.RUN_SHIFT, BenchFloor.ZONE),
                world.now(),
                mode -> new TimedPacer(pacers.of(mode), decisionNanos));
        world.begin(
                engine::on,
                new Behaviours(
                        journal,
                        network,
                        new LabLeads(world, day, lists, campaigns),
                        new BatchStore(world, STORE_NANOS, STORE_NANOS, Integer.MAX_VALUE),
                        team));
    }

    /** Runs the day; called once only. */
    public Result run() {
        open();
        long length = (long) (setup.hours * 3_600e9);
        for (int number = 0; number < setup.days; number++) {
            long start = number * DAY_NANOS;
            day.begin(start);
            boolean isLast = number == setup.days - 1;
            begin(isLast ? Long.MAX_VALUE : world.epochMillisAt(start + length));
            pass(start + length);
            if (!isLast) {
                team.allLeave(world.nanos() + LEAVE_AFTER_NANOS);
                pass(start + DAY_NANOS);
            }
        }
        return result();
    }

    private void open() {
        Scenario.ScenarioTrunk limits = setup.scenario.trunk();
        TrunkSettings wide = floor.trunk();
        world.tellAt(
                0,
                new Event.TrunkConfigured(new TrunkSettings(
                        wide.id(),
                        limits.channels(setup.agents),
                        0,
                        limits.callsPerSecond(setup.agents),
                        wide.priority(),
                        null)));
        world.tellAt(0, new Event.TrunkChanged(BenchFloor.TRUNK, true, 0, "answers"));
    }

    /** Begins the days: campaigns dial until then, the team comes, and lists are filled when their time has come. */
    private void begin(long closesEpochMillis) {
        LabRules rules = new LabRules(floor.rules(), setup.scenario.terms());
        for (int c = 0; c < campaigns.size(); c++) {
            CampaignId id = campaigns.get(c);
            world.tellAt(
                    day.startNanos(),
                    new Event.CampaignConfigured(floor.campaign(
                            id, setup.entrant.settings(), rules, AgentTerms.wrapUp(NEVER_MILLIS), closesEpochMillis)));
            for (Scenario.CallList list : setup.scenario.campaigns().get(c).lists()) {
                if (list.fromSecond() > 0) {
                    world.tellAt(day.nanosAt(list.fromSecond()), new Event.LeadsChanged(id));
                }
            }
        }
        team.plan(day.startNanos());
    }

    private void pass(long untilNanos) {
        while (world.nanos() < untilNanos) {
            boolean isNight = world.nanos() > day.startNanos() && team.isAway() && network.isQuiet();
            world.tick(Math.min(untilNanos, world.nanos() + (isNight ? NIGHT_TICK_NANOS : TICK_NANOS)));
            long now = world.nanos();
            network.windows().forEach(window -> window.advance(now));
            if (setup.traced && (long) (now / TRACE_NANOS) != (long) ((now - TICK_NANOS) / TRACE_NANOS) && !isNight) {
                trace.sample(now / 1e9, engine.snapshot(world.now()), lists.trueRate(0, day.second()));
            }
        }
    }

    private Result result() {
        Map<AgentState, Long> spent = team.spentNanos();
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
        for (Snapshot.CampaignStatus campaign : engine.snapshot(world.now()).campaigns()) {
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
                network.windows().stream()
                        .mapToDouble(AnswerWindow::ratio)
                        .max()
                        .orElse(0),
                network.windows().stream()
                        .mapToDouble(AnswerWindow::worstRatio)
                        .max()
                        .orElse(0),
                decisionNanos,
                setup.traced ? trace.trace() : null);
    }

    private List<OfCampaign> ofCampaigns() {
        List<OfCampaign> all = new ArrayList<>();
        for (int c = 0; c < campaigns.size(); c++) {
            AnswerWindow window = network.windows().get(c);
            all.add(new OfCampaign(
                    campaigns.get(c).value(), window.allAnswered(), window.allAbandoned(), window.worstRatio()));
        }
        return all;
    }
}
