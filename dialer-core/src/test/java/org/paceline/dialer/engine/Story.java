package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.campaign.CallTerms;
import org.paceline.dialer.campaign.CallbackTerms;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.campaign.Dispositions;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.campaign.Script;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.time.Moment;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.Budget;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.NumberKind;
import org.paceline.rules.PhoneNumber;
import org.paceline.rules.RecordingDirective;

/** An engine with its world told as a story: time stands still until the story moves it. */
final class Story {
    static final ZoneId ZONE = ZoneId.of("UTC");
    static final CampaignId SPRING = new CampaignId("spring");
    static final TrunkId TRUNK = new TrunkId("carrier");
    static final long FIRST_NUMBER = 13_055_550_000L;

    final FakeRules rules = new FakeRules();

    @Nullable
    Script script;

    RecordingDirective recording = RecordingDirective.NEVER;
    Budget budget = Budget.unlimited("campaign:spring");
    CallerIdPlan callerIds = CallerIdPlan.fixed(12_025_550_100L);

    @Nullable
    Tariff tariff;

    AgentTerms agentTerms = AgentTerms.wrapUp(10_000);
    Dispositions dispositions = Dispositions.FREE;
    CallbackTerms callbacks = CallbackTerms.DEFAULT;

    @Nullable
    String matter;

    RetryPlan retries = new RetryPlan(2, Map.of(Outcome.NO_ANSWER, 60_000L, Outcome.CANCELLED, 0L));
    AgentDemands agentDemands = AgentDemands.NONE;
    int maxLines = 1_000;
    final List<Effect> effects = new ArrayList<>();
    private final Engine engine;
    private Moment now = new Moment(1_000_000_000L, 1_795_000_000_000L);
    private int stored;
    private long nextLead = 1;
    private long nextRequest = 1;

    Story() {
        this(new EngineSettings(100, ZONE, 512, 10_000, 1_000));
    }

    Story(EngineSettings settings) {
        engine = new Engine(settings, now);
    }

    // ---- given

    Story givenTrunk(int channels, double callsPerSecond) {
        return givenTrunk(channels, 0, callsPerSecond);
    }

    Story givenTrunk(int channels, int reserved, double callsPerSecond) {
        tell(new Event.TrunkConfigured(new TrunkSettings(TRUNK, channels, reserved, callsPerSecond, 1, tariff)));
        tell(new Event.TrunkChanged(TRUNK, true, 0, "answers"));
        return this;
    }

    Story givenCampaign(DialMode mode, double linesPerAgent) {
        tell(new Event.CampaignConfigured(settings(SPRING, mode, linesPerAgent)));
        return this;
    }

    CampaignSettings settings(CampaignId id, DialMode mode, double linesPerAgent) {
        return settings(id, mode, linesPerAgent, TRUNK);
    }

    CampaignSettings settings(CampaignId id, DialMode mode, double linesPerAgent, TrunkId trunk) {
        return new CampaignSettings(
                id,
                new CampaignApproval(ApprovalState.RUNNING, 0, Long.MAX_VALUE),
                rules,
                retries,
                new PacingSettings(mode, linesPerAgent, maxLines),
                budget,
                callerIds,
                List.of(trunk),
                20_000,
                agentTerms,
                new CallTerms(matter, dispositions, callbacks),
                agentDemands,
                recording,
                null,
                new Announcement("sorry.wav"),
                script);
    }

    Story givenReadyAgent(String name, CampaignId... campaigns) {
        Set<CampaignId> served = campaigns.length == 0 ? Set.of(SPRING) : Set.of(campaigns);
        AgentId agent = new AgentId(name);
        command(name, new AgentCommand.SignIn(new AgentAddress("sip:" + name + "@127.0.0.1"), served, 0));
        tell(new Event.LineOpened(agent));
        command(name, new AgentCommand.Ready());
        return this;
    }

    /** One whose phone is called for each customer. */
    Story givenReadyAgentWithoutLine(String name) {
        AgentAddress phone = new AgentAddress("sip:" + name + "@127.0.0.1", LineKind.PER_CALL);
        command(name, new AgentCommand.SignIn(phone, Set.of(SPRING), 0));
        command(name, new AgentCommand.Ready());
        return this;
    }

    /** Gives so many leads of different numbers to the campaign. */
    Story givenLeads(int count) {
        return givenLeads(SPRING, count);
    }

    Story givenLeads(CampaignId campaign, int count) {
        List<Lead> leads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leads.add(lead(campaign, FIRST_NUMBER + nextLead));
        }
        tell(new Event.LeadsArrived(campaign, leads, Long.MAX_VALUE));
        return this;
    }

    Lead lead(CampaignId campaign, long number) {
        PhoneNumber phone = new PhoneNumber(number, "US", NumberKind.FIXED_LINE_OR_MOBILE, List.of(ZONE));
        return new Lead(new LeadId(nextLead++), campaign, phone, 0, LeadTraits.NONE, new AttemptHistory());
    }

    // ---- when

    Story tell(Event event) {
        engine.on(event, now, effects::add);
        return this;
    }

    Story pass(long millis) {
        for (long left = millis; left > 0; left -= 5) {
            now = now.plusMillis(Math.min(5, left));
            tell(Event.Ticked.INSTANCE);
        }
        return this;
    }

    /** Time passes, and the next event comes before any timer. */
    Story clockPasses(long millis) {
        now = now.plusMillis(millis);
        return this;
    }

    /** The same with a journal that stores at once. */
    Story passRecording(long millis) {
        for (long left = millis; left > 0; left -= 5) {
            pass(Math.min(5, left));
            CallId[] planned = placed().subList(stored, placed().size()).toArray(CallId[]::new);
            stored += planned.length;
            stored(planned);
        }
        return this;
    }

    Story clockSteps(long millis) {
        now = new Moment(now.nanos(), now.epochMillis() + millis);
        return this;
    }

    CommandResult command(String agent, AgentCommand command) {
        long request = nextRequest++;
        tell(new Event.AgentCommanded(request, new AgentId(agent), command));
        return effects.stream()
                .filter(Effect.AnswerCommand.class::isInstance)
                .map(Effect.AnswerCommand.class::cast)
                .filter(answer -> answer.request() == request)
                .findFirst()
                .orElseThrow()
                .result();
    }

    Story stored(CallId... calls) {
        return tell(new Event.AttemptsJournaled(List.of(calls), 2_000_000));
    }

    Story answered(CallId call) {
        return tell(new Event.CallAnswered(call));
    }

    /** The call is stored, rings, is answered and joined with the agent that the engine chose. */
    AgentId talks(CallId call) {
        stored(call).tell(new Event.CallRinging(call)).answered(call);
        AgentId agent = only(Effect.Connect.class, connect -> connect.call().equals(call))
                .agent();
        tell(new Event.CallConnected(call, agent, 3_000));
        return agent;
    }

    Story customerHangsUp(CallId call) {
        return tell(new Event.CallHungUp(call, HungUpBy.CUSTOMER, CallCause.NONE));
    }

    Story fails(CallId call, Outcome outcome) {
        return tell(new Event.CallFailed(call, outcome, CallCause.NONE, false));
    }

    // ---- then

    /** The calls placed so far, oldest first. */
    List<CallId> placed() {
        return all(Effect.PlaceCall.class).stream()
                .map(place -> place.attempt().call())
                .toList();
    }

    <E extends Effect> List<E> all(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <E extends Effect> E only(Class<E> kind, Predicate<E> which) {
        List<E> found = all(kind).stream().filter(which).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    Effect.AttemptEnded ended(CallId call) {
        return only(Effect.AttemptEnded.class, ended -> ended.call().call().equals(call));
    }

    Snapshot snapshot() {
        return engine.snapshot(now);
    }

    @Nullable
    Snapshot snapshotStep() {
        return engine.snapshotStep(now);
    }

    Snapshot.CampaignStatus campaign() {
        return snapshot().campaigns().getFirst();
    }

    AgentState stateOf(String agent) {
        return snapshot().agents().stream()
                .filter(view -> view.id().value().equals(agent))
                .findFirst()
                .orElseThrow()
                .state();
    }

    Moment now() {
        return now;
    }
}
