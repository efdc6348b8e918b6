package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.port.LeadSource;
import org.paceline.dialer.simulation.Agents;
import org.paceline.dialer.simulation.Behaviours;
import org.paceline.dialer.simulation.VirtualWorld;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;

/**
 * A seeded day in virtual time: two campaigns that share numbers and agents, agents who pause and lose their lines, and {@link DayCalls}.
 * Checks the engine's invariants as it goes and keeps every effect.
 */
final class SimulatedDay implements LeadSource {
    private static final CampaignId AUTUMN = new CampaignId("autumn");
    private static final int NUMBERS = 400;
    private static final long MILLI = 1_000_000;
    private static final long QUIET_NANOS = 20 * MILLI;

    final List<Effect> effects = new ArrayList<>();
    private final Random random;
    private final Story story = new Story();
    private final VirtualWorld world = new VirtualWorld(new Moment(5_000_000_000L, 1_795_000_000_000L));
    private final DayCalls calls;
    private final Engine engine;
    private final Set<AgentId> withoutLine = new HashSet<>();
    private long nextLead = 1;

    SimulatedDay(long seed) {
        random = new Random(seed);
        calls = new DayCalls(world, random);
        engine = new Engine(new EngineSettings(1L << CallId.RUN_SHIFT, Story.ZONE, 64, 10_000, 1_000), world.now());
        world.watch(effects::add);
        world.begin(engine::on, new Behaviours(calls, calls, this, calls, Agents.PASSIVE));
    }

    void run(long seconds) {
        world.tell(new Event.TrunkConfigured(new TrunkSettings(Story.TRUNK, DayCalls.CHANNELS, 0, 50, 1, null)));
        world.tell(new Event.TrunkChanged(Story.TRUNK, true, 0, "answers"));
        story.rules.capPerDay(3);
        world.tell(new Event.CampaignConfigured(story.settings(Story.SPRING, DialMode.RATIO, 2.5)));
        world.tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
        for (int i = 0; i < 12; i++) {
            AgentId agent = new AgentId("agent" + i);
            if (i % 4 == 0) {
                withoutLine.add(agent);
            }
            signIn(agent, i % 3 == 0 ? Set.of(Story.SPRING, AUTUMN) : Set.of(Story.SPRING));
        }
        world.passWithTicksInQuiet(world.nanos() + seconds * 1_000 * MILLI, QUIET_NANOS);
    }

    private void signIn(AgentId agent, Set<CampaignId> campaigns) {
        LineKind line = withoutLine.contains(agent) ? LineKind.PER_CALL : LineKind.STANDING;
        command(1, agent, new AgentCommand.SignIn(new AgentAddress("sip:" + agent, line), campaigns, 0));
        in(200, () -> world.tell(new Event.LineOpened(agent)));
        in(400, () -> command(2, agent, new AgentCommand.Ready()));
        disturb(agent);
    }

    private void disturb(AgentId agent) {
        in(20_000 + random.nextInt(90_000), () -> {
            CallId call = calls.callOf(agent);
            switch (random.nextInt(4)) {
                case 0 -> command(3, agent, new AgentCommand.Pause("coffee"));
                case 1 -> {
                    world.tell(new Event.LineLost(agent, "408"));
                    in(1_500, () -> world.tell(new Event.LineOpened(agent)));
                }
                case 2 -> command(4, agent, new AgentCommand.HangUp(call));
                default -> command(5, agent, new AgentCommand.EndWrapUp(call, "done"));
            }
            in(5_000, () -> command(6, agent, new AgentCommand.Ready()));
            disturb(agent);
        });
    }

    private void command(long request, AgentId agent, AgentCommand command) {
        world.tell(new Event.AgentCommanded(request, agent, command));
    }

    private void in(long millis, Runnable action) {
        world.in(millis * MILLI, action);
    }

    @Override
    public void request(CampaignId campaign, int count) {
        in(40, () -> {
            List<Lead> leads = new ArrayList<>();
            for (int i = 0; i < count / 2; i++) {
                leads.add(lead(campaign));
            }
            world.tell(new Event.LeadsArrived(campaign, leads, world.epochMillis() + 5_000));
        });
    }

    private Lead lead(CampaignId campaign) {
        long number = Story.FIRST_NUMBER + random.nextInt(NUMBERS);
        return new Lead(
                new LeadId(nextLead++),
                campaign,
                new PhoneNumber(number, "US", NumberKind.MOBILE, List.of(Story.ZONE)),
                0,
                LeadTraits.NONE,
                new AttemptHistory());
    }

    /** Nobody is promised a call. */
    @Override
    public void requestCallbacks(CampaignId campaign, Set<AgentId> agents, long graceMillis) {}

    /** Checks what can only be checked at the end, and gives the effects, for comparing days. */
    List<Effect> finish() {
        long placed =
                effects.stream().filter(Effect.PlaceCall.class::isInstance).count();
        long refused = effects.stream()
                .filter(Effect.LeadSettled.class::isInstance)
                .map(effect -> ((Effect.LeadSettled) effect).next())
                .filter(next -> next instanceof LeadNext.RetryAt(long at, var refusal) && refusal != null)
                .count();
        assertThat(placed).as("calls placed in the day").isGreaterThan(200);
        assertThat(refused).as("leads refused for their cap").isGreaterThan(0);
        assertThat(calls.live()).isEqualTo(engine.snapshot(world.now()).liveCalls());
        assertThat(calls.ended() + calls.live()).isLessThanOrEqualTo((int) placed);
        return effects;
    }
}
