package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.campaign.Disposition.Meaning;
import org.paceline.dialer.campaign.Dispositions;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleId;

class DispositionTest {
    private static final long RETRY_MILLIS = 60_000;

    private final Story story = new Story();
    private Lead bob = story.lead(Story.SPRING, 13_055_550_123L);
    private CallId call = new CallId(0);
    private long talks;

    @BeforeEach
    void talkWithBob() {
        story.dispositions = new Dispositions(Arrays.stream(Meaning.values())
                .map(meaning -> new Disposition(meaning.name(), meaning))
                .toList());
        story.retries = new RetryPlan(9, Map.of(Outcome.CONNECTED, RETRY_MILLIS));
        story.rules.judging(request -> request.optOut() != null
                ? FakeRules.refused("optout", Long.MAX_VALUE)
                : request.history().lastRefusedEpochMillis() != AttemptHistory.NEVER
                        ? FakeRules.refused("gap.refusal", Long.MAX_VALUE)
                        : FakeRules.PERMITTED);
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .tell(new Event.LeadsArrived(Story.SPRING, List.of(bob), Long.MAX_VALUE))
                .pass(10);
        call = story.placed().getFirst();
        story.talks(call);
    }

    private void dispose(Meaning meaning) {
        assertThat(dispose(call, meaning)).isInstanceOf(CommandResult.Done.class);
    }

    private CommandResult dispose(CallId named, Meaning meaning) {
        return story.command("alice", new AgentCommand.Dispose(named, meaning.name()));
    }

    /** The first talk is over, and the next customer is connected. */
    private CallId talkWithTheNext() {
        story.customerHangsUp(call).command("alice", new AgentCommand.Ready());
        story.tell(new Event.LeadsArrived(
                        Story.SPRING, List.of(story.lead(Story.SPRING, 13_055_550_200L + talks++)), Long.MAX_VALUE))
                .pass(10);
        CallId next = story.placed().getLast();
        story.talks(next);
        return next;
    }

    /** Bob's number in a lead whose history was read before the word was said. */
    private void bobComesAgain() {
        Lead again = story.lead(Story.SPRING, bob.number().e164());
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(again), Long.MAX_VALUE));
        story.command("alice", new AgentCommand.Ready());
        story.pass(20);
    }

    @Test
    void shouldRefuseWhatTheCampaignDoesNotNameAndKeepTheWrapUp() {
        story.customerHangsUp(call);

        assertThat(story.command("alice", new AgentCommand.EndWrapUp(call, "sold")))
                .isEqualTo(new CommandResult.Refused("no disposition 'sold' in campaign spring: must be one of NOTHING,"
                        + " SUCCESS, REFUSED, OPT_OUT, COMPLAINT, CALLBACK, WRONG_NUMBER"));
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.WRAP_UP);
        assertThat(story.all(Effect.CallDisposed.class)).isEmpty();

        assertThat(story.command("alice", new AgentCommand.EndWrapUp(call, "SUCCESS")))
                .isInstanceOf(CommandResult.Done.class);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        assertThat(story.only(Effect.CallDisposed.class, any -> true).disposition())
                .isEqualTo(new Disposition("SUCCESS", Meaning.SUCCESS));
    }

    @Test
    void shouldRefuseTheVeryNextDialAfterARefusalThoughTheLeadWasReadBefore() {
        story.customerHangsUp(call);
        dispose(Meaning.REFUSED);
        bobComesAgain();

        assertThat(story.placed()).containsExactly(call);
        assertThat(story.campaign().refusals()).containsEntry(RuleId.GAP_REFUSAL, 1L);
    }

    @Test
    void shouldRefuseAnotherLeadOfTheNumberThatWaitsAlready() {
        Lead twin = story.lead(Story.SPRING, bob.number().e164());
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(twin), Long.MAX_VALUE))
                .pass(10);
        dispose(Meaning.REFUSED);
        story.customerHangsUp(call).command("alice", new AgentCommand.Ready());
        story.pass(6_000);

        assertThat(story.placed()).containsExactly(call);
        assertThat(story.campaign().refusals()).containsEntry(RuleId.GAP_REFUSAL, 1L);
    }

    @Test
    void shouldPutWhoWantsNoMoreCallsOnTheListInTheAgentsName() {
        dispose(Meaning.OPT_OUT);
        story.customerHangsUp(call);
        bobComesAgain();

        Effect.OptedOut entered = story.only(Effect.OptedOut.class, any -> true);
        assertThat(entered.e164()).isEqualTo(bob.number().e164());
        assertThat(entered.entry()).isEqualTo(new OptOut("agent:alice", null, Long.MAX_VALUE));
        assertThat(story.placed()).containsExactly(call);
        assertThat(story.campaign().refusals()).containsEntry(RuleId.OPTOUT, 1L);
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void shouldEndTheLeadOnlyWithAFinalWordDuringTheTalk(Meaning meaning) {
        dispose(meaning);
        story.customerHangsUp(call);

        assertThat(story.ended(call).next())
                .isEqualTo(
                        meaning.isFinal()
                                ? new LeadNext.Done()
                                : new LeadNext.RetryAt(story.now().epochMillis() + RETRY_MILLIS, null));
        assertThat(story.all(Effect.LeadFinished.class))
                .isEqualTo(
                        meaning.isFinal()
                                ? List.of(new Effect.LeadFinished(
                                        bob.id(), true, story.now().epochMillis()))
                                : List.of());
    }

    @Test
    void shouldLetTheLastWordDuringTheTalkDecide() {
        dispose(Meaning.SUCCESS);
        dispose(Meaning.CALLBACK);
        story.customerHangsUp(call);
        assertThat(story.ended(call).next()).isInstanceOf(LeadNext.RetryAt.class);
    }

    @ParameterizedTest
    @EnumSource(Meaning.class)
    void shouldTakeBackALeadThatWentOnBeforeTheWord(Meaning meaning) {
        story.customerHangsUp(call);
        dispose(meaning);

        assertThat(story.all(Effect.LeadFinished.class))
                .isEqualTo(
                        meaning.isFinal()
                                ? List.of(new Effect.LeadFinished(
                                        bob.id(), false, story.now().epochMillis()))
                                : List.of());
    }

    @Test
    void shouldNotDialALeadThatWaitsForItsRetryOnceItIsSold() {
        story.customerHangsUp(call);
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(bob), Long.MAX_VALUE));
        dispose(Meaning.SUCCESS);
        story.command("alice", new AgentCommand.Ready());
        story.pass(20);

        assertThat(story.placed()).containsExactly(call);
        assertThat(story.only(Effect.LeadSettled.class, any -> true))
                .isEqualTo(new Effect.LeadSettled(bob.id(), new LeadNext.Done()));
    }

    @Test
    void shouldEndALeadThatRingsAgainWhenItIsSold() {
        story.customerHangsUp(call);
        story.givenReadyAgent("bea");
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(bob), Long.MAX_VALUE))
                .pass(20);
        CallId again = story.placed().get(1);
        story.stored(again);
        dispose(Meaning.SUCCESS);
        story.fails(again, Outcome.NO_ANSWER);

        assertThat(story.ended(again).next()).isEqualTo(new LeadNext.Done());
        assertThat(story.only(Effect.LeadFinished.class, any -> true).settled()).isTrue();
    }

    @Test
    void shouldOptOutTheCustomerOfTheCallNamedWhenTheNextOneIsConnected() {
        CallId next = talkWithTheNext();

        assertThat(dispose(call, Meaning.OPT_OUT)).isEqualTo(new CommandResult.Done(AgentState.TALKING));

        assertThat(story.only(Effect.OptedOut.class, any -> true).e164())
                .isEqualTo(bob.number().e164());
        assertThat(story.only(Effect.CallDisposed.class, any -> true).call()).isEqualTo(call);
        story.customerHangsUp(next);
        assertThat(story.ended(next).next()).isInstanceOf(LeadNext.RetryAt.class);
    }

    @Test
    void shouldPromiseACallToTheCustomerOfTheCallNamedWhenTheNextOneIsConnected() {
        CallId next = talkWithTheNext();
        long due = story.now().epochMillis() + 3_600_000;

        assertThat(story.command("alice", new AgentCommand.CallBack(call, due, false, null)))
                .isInstanceOf(CommandResult.Done.class);

        assertThat(story.only(Effect.CallbackMade.class, any -> true).lead()).isEqualTo(bob.id());
        story.customerHangsUp(next);
        assertThat(story.ended(next).next()).isNotEqualTo(new LeadNext.RetryAt(due, null));
    }

    @Test
    void shouldRefuseAWordOnACallThatTheAgentDidNotHaveAndTellBoth() {
        CallId next = talkWithTheNext();
        CallId others = new CallId(next.value() + 7);
        CommandResult refused = new CommandResult.Refused("call " + others
                + " is not what agent alice can speak of now: agent alice is in TALKING with call " + next);

        assertThat(dispose(others, Meaning.OPT_OUT)).isEqualTo(refused);
        assertThat(story.command(
                        "alice", new AgentCommand.CallBack(others, story.now().epochMillis() + 1_000, false, null)))
                .isEqualTo(refused);
        assertThat(story.command("alice", new AgentCommand.Note(others, "asks")))
                .isEqualTo(refused);
        assertThat(story.all(Effect.OptedOut.class)).isEmpty();
        assertThat(story.all(Effect.CallbackMade.class)).isEmpty();
        assertThat(story.all(Effect.CallNoted.class)).isEmpty();
    }

    @Test
    void shouldNoteOnTheCallNamedWhenTheNextOneIsConnected() {
        CallId next = talkWithTheNext();

        for (CallId named : List.of(call, next, call)) {
            assertThat(story.command("alice", new AgentCommand.Note(named, "asks")))
                    .isEqualTo(new CommandResult.Done(AgentState.TALKING));
        }

        long now = story.now().epochMillis();
        assertThat(story.all(Effect.CallNoted.class))
                .containsExactly(
                        new Effect.CallNoted(call, 1, "agent:alice", "asks", now),
                        new Effect.CallNoted(next, 1, "agent:alice", "asks", now),
                        new Effect.CallNoted(call, 2, "agent:alice", "asks", now));
    }

    @Test
    void shouldRefuseNotesOnceACallHasAHundred() {
        for (int i = 0; i < 100; i++) {
            assertThat(story.command("alice", new AgentCommand.Note(call, "asks")))
                    .isInstanceOf(CommandResult.Done.class);
        }
        assertThat(story.command("alice", new AgentCommand.Note(call, "asks")))
                .isEqualTo(new CommandResult.Refused("call " + call + " has 100 notes: there can be no more"));
        assertThat(story.all(Effect.CallNoted.class)).hasSize(100);
    }

    @Test
    void shouldKeepAWordForSomeCallsBackAndRefuseAnOlderOne() {
        CallId first = call;
        for (int i = 0; i < 4; i++) {
            call = talkWithTheNext();
        }
        assertThat(dispose(first, Meaning.NOTHING)).isInstanceOf(CommandResult.Done.class);
        call = talkWithTheNext();
        assertThat(dispose(first, Meaning.NOTHING)).isInstanceOf(CommandResult.Refused.class);
    }

    @Test
    void shouldHangUpAndRecordOnlyTheCallNamed() {
        CallId next = talkWithTheNext();
        String both = "call " + call + " is not what agent alice can speak of now: agent alice is in TALKING with call "
                + next;

        assertThat(story.command("alice", new AgentCommand.HangUp(call))).isEqualTo(new CommandResult.Refused(both));
        assertThat(story.command("alice", new AgentCommand.StartRecording(call)))
                .isEqualTo(new CommandResult.Refused(both));
        assertThat(story.all(Effect.HangUp.class)).isEmpty();

        assertThat(story.command("alice", new AgentCommand.HangUp(next))).isInstanceOf(CommandResult.Done.class);
        assertThat(story.only(Effect.HangUp.class, any -> true).call()).isEqualTo(next);
    }

    @Test
    void shouldEndOnlyTheWrapUpOfTheCallNamed() {
        CallId next = talkWithTheNext();
        story.customerHangsUp(next);

        assertThat(story.command("alice", new AgentCommand.EndWrapUp(call, "SUCCESS")))
                .isEqualTo(new CommandResult.Refused("call " + call
                        + " is not what agent alice can speak of now: agent alice is in WRAP_UP with call " + next));
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.WRAP_UP);
        assertThat(story.all(Effect.CallDisposed.class)).isEmpty();
        assertThat(story.command("alice", new AgentCommand.EndWrapUp(next, "SUCCESS")))
                .isEqualTo(new CommandResult.Done(AgentState.READY));
        assertThat(story.command("alice", new AgentCommand.EndWrapUp(next, "SUCCESS")))
                .isEqualTo(new CommandResult.Refused("agent alice is in READY, last talked on call " + next
                        + ": there is no wrap-up to end; send the disposition of call " + next + " by itself"));
    }
}
