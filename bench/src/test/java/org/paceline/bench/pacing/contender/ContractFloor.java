package org.paceline.bench.pacing.contender;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.paceline.bench.floor.BenchFloor;
import org.paceline.bench.pacing.oracle.Futures;
import org.paceline.bench.pacing.scenario.Scenarios;
import org.paceline.bench.pacing.world.LabRules;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.engine.Engine;
import org.paceline.dialer.engine.EngineSettings;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.Pacer;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.simulation.Agents;
import org.paceline.dialer.simulation.Behaviours;
import org.paceline.dialer.simulation.VirtualWorld;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.RuleBook;
import org.paceline.rules.book.CampaignRules;
import org.paceline.rules.book.RuleBooks;

/** One campaign, one trunk and {@link ContractCalls}: a floor on which nothing is left to chance. */
final class ContractFloor implements LeadSource, Agents {
    static final CampaignId CAMPAIGN = new CampaignId("contract");
    static final long ATTEMPT_MICROS = 30_000;

    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    private final BenchFloor floor = new BenchFloor();
    private final VirtualWorld world = new VirtualWorld(new Moment(0, BenchFloor.NOON_EPOCH_MILLIS));
    private final ContractCalls calls = new ContractCalls(world);
    private final PacingSettings pacing;
    private Budget budget = Budget.unlimited("campaign:" + CAMPAIGN);

    ContractFloor(PacingSettings pacing, Function<Futures, Pacer> pacer) {
        this.pacing = pacing;
        Engine engine = new Engine(
                EngineSettings.withDefaults(1L << CallId.RUN_SHIFT, BenchFloor.ZONE),
                world.now(),
                _ -> pacer.apply(calls));
        world.begin(engine::on, new Behaviours(calls, calls, this, _ -> stores(), this));
    }

    /** @param callsPerSecond most new calls a second; each costs {@link #ATTEMPT_MICROS} as soon as it is placed */
    ContractFloor trunk(int channels, double callsPerSecond) {
        Tariff tariff = new Tariff(Map.of(Tariff.ANY, new Tariff.Rate(0, ATTEMPT_MICROS, 1, 1)));
        world.tell(
                new Event.TrunkConfigured(new TrunkSettings(BenchFloor.TRUNK, channels, 0, callsPerSecond, 1, tariff)));
        world.tell(new Event.TrunkChanged(BenchFloor.TRUNK, true, 0, "answers"));
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
                AgentTerms.wrapUp(ContractCalls.UNANSWERED_NANOS / MILLI));
        world.tell(new Event.CampaignConfigured(new CampaignSettings(
                of.id(),
                new CampaignApproval(state, 0, Long.MAX_VALUE),
                of.rules(),
                of.retries(),
                of.pacing(),
                budget,
                of.callerIds(),
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
        world.tell(new Event.AgentCommanded(agent, BenchFloor.agent(agent), command));
    }

    ContractFloor pass(int seconds) {
        world.passWithTicks(world.nanos() + seconds * SECOND, 50 * MILLI);
        return this;
    }

    ContractCalls calls() {
        return calls;
    }

    int placed() {
        return calls.placed();
    }

    private void stores() {
        world.tellIn(MILLI, new Event.EntriesStored(1));
    }

    @Override
    public void request(CampaignId campaign, int count) {
        world.tellIn(MILLI, new Event.LeadsArrived(campaign, floor.leads(campaign, count), Long.MAX_VALUE));
    }

    /** Nobody is promised a call. */
    @Override
    public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {}

    @Override
    public void changed(Effect.AgentChanged changed) {
        if (changed.state() == AgentState.WRAP_UP) {
            AgentCommand ends = new AgentCommand.EndWrapUp(changed.call(), null);
            world.tellIn(ContractCalls.WRAP_UP_NANOS, new Event.AgentCommanded(0, changed.agent(), ends));
        }
    }
}
