package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.CallbackTerms;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.campaign.Dispositions;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.Callback;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadKind;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.dialer.pacing.DialMode;

class CallbacksTest {
    private static final long GRACE_MILLIS = 60_000;
    private static final long HOUR_MILLIS = 3_600_000;

    private final Story story = new Story();

    @BeforeEach
    void openCampaign() {
        story.callbacks = new CallbackTerms(GRACE_MILLIS, 1_000);
        story.retries = new RetryPlan(2, Map.of(Outcome.NO_ANSWER, 60_000L));
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PROGRESSIVE, 1);
    }

    /** A lead to whom a call was promised for now, after five attempts. */
    private Lead promised(long id, @Nullable String agent) {
        return promised(id, agent, story.now().epochMillis());
    }

    private Lead promised(long id, @Nullable String agent, long due) {
        Lead lead = story.lead(Story.SPRING, Story.FIRST_NUMBER + 500 + id);
        Callback callback = new Callback(id, due, agent == null ? null : new AgentId(agent), 5);
        LeadTraits traits = new LeadTraits(false, null, LeadTraits.NO_CONSENT, LeadKind.NEW, callback);
        return new Lead(lead.id(), lead.campaign(), lead.number(), 5, traits, lead.history());
    }

    private Story arrive(Lead... leads) {
        return story.tell(new Event.CallbacksArrived(Story.SPRING, List.of(leads)));
    }

    private List<Attempt> attempts() {
        return story.all(Effect.PlaceCall.class).stream()
                .map(Effect.PlaceCall::attempt)
                .toList();
    }

    private static AgentCommand callBack(CallId call, long due) {
        return new AgentCommand.CallBack(call, due, true, "after six");
    }

    @Test
    void shouldAskForDueCallbacksOnlyWhereAnAgentIsSignedIn() {
        story.tell(new Event.CallbacksDue(Story.SPRING));
        assertThat(story.all(Effect.RequestCallbacks.class)).isEmpty();

        story.givenReadyAgent("alice").tell(new Event.CallbacksDue(Story.SPRING));
        assertThat(story.all(Effect.RequestCallbacks.class))
                .containsExactly(new Effect.RequestCallbacks(Story.SPRING, Set.of(new AgentId("alice")), GRACE_MILLIS));
    }

    @Test
    void shouldDialPromisedCallsFirstTheLongestDueFirst() {
        Lead later = promised(1, null);
        Lead earlier = promised(2, null, story.now().epochMillis() - 5_000);
        story.givenLeads(5);
        arrive(later, earlier);
        story.givenReadyAgent("alice")
                .givenReadyAgent("bea")
                .givenReadyAgent("carla")
                .pass(10);

        assertThat(attempts()).hasSize(3);
        assertThat(attempts().get(0).lead()).isEqualTo(earlier.id());
        assertThat(attempts().get(1).lead()).isEqualTo(later.id());
        assertThat(earlier.kind()).isEqualTo(LeadKind.FOLLOW_UP);
    }

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldDialAPersonalCallForItsAgentAloneWhoGetsNoOtherCustomer(DialMode mode) {
        story.givenCampaign(mode, mode == DialMode.RATIO ? 2 : 1)
                .givenReadyAgent("alice")
                .givenReadyAgent("bea");
        Lead mine = promised(1, "bea");
        arrive(mine).pass(10);

        Attempt attempt = attempts().getFirst();
        assertThat(attempt.lead()).isEqualTo(mine.id());
        assertThat(attempt.chargedTo()).isEqualTo(new AgentId("bea"));

        story.givenLeads(2).pass(10);
        CallId other = story.placed().get(1);
        assertThat(story.talks(other)).isEqualTo(new AgentId("alice"));
        assertThat(story.placed()).hasSize(2);
        assertThat(story.talks(attempt.call())).isEqualTo(new AgentId("bea"));
    }

    @Test
    void shouldWaitForTheAgentOfAPersonalCallUpToTheGraceThenTakeAnyAgent() {
        story.givenReadyAgent("alice");
        Lead beas = promised(1, "bea");
        arrive(beas).givenLeads(1);
        story.pass(20);
        assertThat(attempts()).extracting(Attempt::lead).doesNotContain(beas.id());

        story.givenReadyAgent("carla").pass(GRACE_MILLIS + 10);
        assertThat(attempts().getLast().lead()).isEqualTo(beas.id());
        assertThat(attempts().getLast().chargedTo()).isEqualTo(new AgentId("carla"));
    }

    @Test
    void shouldDialAPersonalCallOnceItsAgentIsReady() {
        story.givenReadyAgent("alice").givenReadyAgent("bea");
        story.command("bea", new AgentCommand.Pause("lunch"));
        Lead beas = promised(1, "bea");
        arrive(beas).pass(20);
        assertThat(attempts()).isEmpty();

        story.command("bea", new AgentCommand.Ready());
        story.pass(10);
        assertThat(attempts().getFirst().lead()).isEqualTo(beas.id());
        assertThat(attempts().getFirst().chargedTo()).isEqualTo(new AgentId("bea"));
    }

    @Test
    void shouldKeepToTheRules() {
        story.rules.judging(request -> FakeRules.refused("window.quiet", Long.MAX_VALUE - 1));
        story.givenReadyAgent("bea");
        Lead beas = promised(1, "bea");
        arrive(beas).pass(20);

        assertThat(attempts()).isEmpty();
        assertThat(story.only(Effect.LeadSettled.class, any -> true).lead()).isEqualTo(beas.id());
    }

    @Test
    void shouldTellThatThePromiseWasKeptOrTriedAndCountTriesFromThePromiseOn() {
        story.givenReadyAgent("bea");
        arrive(promised(1, null)).pass(10);
        CallId call = story.placed().getFirst();
        story.stored(call).fails(call, Outcome.NO_ANSWER);

        assertThat(story.ended(call).callback()).isEqualTo(1);
        assertThat(story.ended(call).next())
                .isEqualTo(new LeadNext.RetryAt(story.now().epochMillis() + 60_000, null));
    }

    @Test
    void shouldDialTheLeadAgainWhenItWasPromisedDuringTheTalk() {
        long due = story.now().epochMillis() + HOUR_MILLIS;
        story.givenReadyAgent("alice").givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        assertThat(story.command("alice", callBack(call, due))).isInstanceOf(CommandResult.Refused.class);
        story.talks(call);

        assertThat(story.command("alice", callBack(call, due))).isInstanceOf(CommandResult.Done.class);
        story.customerHangsUp(call);
        assertThat(story.only(Effect.CallbackMade.class, any -> true))
                .isEqualTo(new Effect.CallbackMade(
                        story.ended(call).call().lead(),
                        new AgentId("alice"),
                        due,
                        1,
                        "agent:alice",
                        "after six",
                        true,
                        story.now().epochMillis()));
        assertThat(story.ended(call).next()).isEqualTo(new LeadNext.RetryAt(due, null));
    }

    @Test
    void shouldBringBackALeadThatWasDoneWhenItIsPromisedAfterTheTalk() {
        story.givenReadyAgent("alice").givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.customerHangsUp(call);
        story.command("alice", callBack(call, story.now().epochMillis() + HOUR_MILLIS));

        assertThat(story.ended(call).next()).isEqualTo(new LeadNext.Done());
        assertThat(story.only(Effect.CallbackMade.class, any -> true).settled()).isFalse();
    }

    @Test
    void shouldLetAFinalWordTakeThePromiseBackAndAPromiseTheFinalWord() {
        story.dispositions = new Dispositions(List.of(new Disposition("sale", Disposition.Meaning.SUCCESS)));
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(2)
                .pass(10);
        CallId first = story.placed().getFirst();
        story.talks(first);
        story.command("alice", callBack(first, story.now().epochMillis() + HOUR_MILLIS));
        story.command("alice", new AgentCommand.Dispose(first, "sale"));
        story.customerHangsUp(first).command("alice", new AgentCommand.Ready());
        story.pass(10);
        assertThat(story.ended(first).next()).isEqualTo(new LeadNext.Done());
        assertThat(story.only(Effect.LeadFinished.class, any -> true).settled()).isTrue();

        CallId second = story.placed().get(1);
        long due = story.now().epochMillis() + HOUR_MILLIS;
        story.talks(second);
        story.command("alice", new AgentCommand.Dispose(second, "sale"));
        story.command("alice", callBack(second, due));
        story.customerHangsUp(second);
        assertThat(story.ended(second).next()).isEqualTo(new LeadNext.RetryAt(due, null));
    }

    @Test
    void shouldRefuseAPromiseForThePastOrTheFarFuture() {
        story.givenReadyAgent("alice").givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        story.talks(call);
        long now = story.now().epochMillis();
        assertThat(story.command("alice", callBack(call, now)))
                .isEqualTo(new CommandResult.Refused("a callback must be due after now, within 366 days"));
        assertThat(story.command("alice", callBack(call, now + 367 * 24 * HOUR_MILLIS)))
                .isInstanceOf(CommandResult.Refused.class);
        assertThat(story.all(Effect.CallbackMade.class)).isEmpty();
    }

    @Test
    void shouldGiveBackALeadThatIsPromisedOrCancelledByHand() {
        Lead plain = story.lead(Story.SPRING, Story.FIRST_NUMBER + 400);
        Lead promised = promised(1, "zoe");
        long due = story.now().epochMillis() + HOUR_MILLIS;
        story.givenReadyAgent("alice");
        story.command("alice", new AgentCommand.Pause("lunch"));
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(plain), Long.MAX_VALUE))
                .pass(10);
        arrive(promised);

        story.tell(new Event.CallbackPromised(Story.SPRING, plain.id(), due));
        story.tell(new Event.CallbackCancelled(Story.SPRING, promised.id(), new LeadNext.Done()));
        assertThat(story.all(Effect.LeadSettled.class))
                .containsExactly(
                        new Effect.LeadSettled(plain.id(), new LeadNext.RetryAt(due, null)),
                        new Effect.LeadSettled(promised.id(), new LeadNext.Done()));
        story.command("alice", new AgentCommand.Ready());
        story.pass(GRACE_MILLIS + 10);
        assertThat(attempts()).isEmpty();
    }

    @Test
    void shouldGiveCallbacksBackWhenTheCampaignIsGone() {
        Lead beas = promised(1, "bea");
        arrive(beas).tell(new Event.CampaignRemoved(Story.SPRING));
        assertThat(story.only(Effect.LeadSettled.class, any -> true).lead()).isEqualTo(beas.id());
    }
}
