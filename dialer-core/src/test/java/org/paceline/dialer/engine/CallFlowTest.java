package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.CallDetails;
import org.paceline.dialer.call.Greeting;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.Disposition;
import org.paceline.dialer.campaign.Script;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.Refusal;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.rules.AbandonmentTerms.ClockStart;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleId;
import org.paceline.rules.ScriptState;

class CallFlowTest {
    private final Story story = new Story();

    @BeforeEach
    void givenTwoLinesForOneAgent() {
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgent("alice")
                .givenLeads(2)
                .pass(10);
    }

    @Test
    void shouldKeepTheTimesOfACallSaneWhenTheClockIsSetDuringIt() {
        for (long step : new long[] {3_600_000, -7_200_000}) {
            Story told = new Story();
            told.givenTrunk(10, 1_000)
                    .givenCampaign(DialMode.PROGRESSIVE, 1)
                    .givenReadyAgent("alice")
                    .givenLeads(1)
                    .pass(10);
            CallId call = told.placed().getFirst();
            told.talks(call);
            told.pass(5_000).clockSteps(step).pass(5_000).customerHangsUp(call);

            CallDetails details = told.ended(call).call();
            assertThat(details.endedAtEpochMillis() - details.connectedAtEpochMillis())
                    .as("talk after a step of %d ms", step)
                    .isEqualTo(10_000);
            assertThat(details.connectedAtEpochMillis()).isGreaterThanOrEqualTo(details.answeredAtEpochMillis());
            assertThat(details.ringingAtEpochMillis()).isGreaterThanOrEqualTo(details.dialledAtEpochMillis());
        }
    }

    @Test
    void shouldKeepTheVersionOfTheScriptThatTheAgentReadFrom() {
        Story story = new Story().givenTrunk(10, 100);
        story.script = new Script("v3", ScriptState.APPROVED);
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").givenLeads(1);
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.customerHangsUp(call);
        assertThat(story.ended(call).call().scriptVersion()).isEqualTo("v3");
    }

    @Test
    void shouldConnectAnsweredCallToFreeAgentAtOnce() {
        CallId call = story.placed().getFirst();

        AgentId agent = story.talks(call);

        assertThat(agent.value()).isEqualTo("alice");
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.TALKING);
        assertThat(story.snapshot().answerToConnected().p50Micros()).isBetween(3_000L, 3_010L);
    }

    @Test
    void shouldGiveAgentWrapUpThenMakeReadyWhenCustomerHangsUp() {
        CallId call = story.placed().getFirst();
        story.talks(call);

        story.customerHangsUp(call);

        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.WRAP_UP);
        story.pass(9_990);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.WRAP_UP);
        story.pass(20);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
    }

    @Test
    void shouldAbandonCallWhenNoAgentIsFreeInTime() {
        List<CallId> calls = story.placed();
        story.talks(calls.get(0));
        story.stored(calls.get(1)).answered(calls.get(1));

        story.pass(1_990);
        assertThat(story.all(Effect.Announce.class)).isEmpty();
        story.pass(15);

        assertThat(story.only(Effect.Announce.class, any -> true).call()).isEqualTo(calls.get(1));
        story.tell(new Event.CallHungUp(calls.get(1), HungUpBy.ANNOUNCEMENT_END, CallCause.NONE));
        assertThat(story.ended(calls.get(1)).call().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
        assertThat(story.campaign().answered()).isEqualTo(2);
    }

    /** A customer who answered at once while the only agent talks. */
    private CallId waiting() {
        List<CallId> calls = story.placed();
        story.talks(calls.get(0));
        story.stored(calls.get(1)).answered(calls.get(1));
        return calls.get(1);
    }

    private void assertAbandonedAfter(long millis) {
        story.pass(millis - 10);
        assertThat(story.all(Effect.Announce.class)).isEmpty();
        story.pass(15);
        assertThat(story.all(Effect.Announce.class)).hasSize(1);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
    }

    @Test
    void shouldGiveTimeFromTheGreetingsStart() {
        story.rules.abandonments(FakeRules.terms(ClockStart.GREETING_START, 2_000));
        CallId call = waiting();
        story.pass(1_700).tell(new Event.GreetingBegan(call, 1_500));
        assertAbandonedAfter(1_800);
        story.tell(new Event.CallHungUp(call, HungUpBy.ANNOUNCEMENT_END, CallCause.NONE));
        assertThat(story.ended(call).call().greeting()).isEqualTo(new Greeting(1_500, Greeting.UNHEARD));
    }

    @Test
    void shouldGiveTimeFromTheGreetingsEnd() {
        story.rules.abandonments(FakeRules.terms(ClockStart.GREETING_END, 2_000));
        CallId call = waiting();
        story.pass(500).tell(new Event.GreetingBegan(call, 400));
        story.pass(2_300).tell(new Event.GreetingEnded(call, 2_000));
        assertAbandonedAfter(1_200);
        story.tell(new Event.CallHungUp(call, HungUpBy.ANNOUNCEMENT_END, CallCause.NONE));
        assertThat(story.ended(call).call().greeting()).isEqualTo(new Greeting(400, 2_000));
    }

    @Test
    void shouldNotWaitForAGreetingForEver() {
        story.rules.abandonments(FakeRules.terms(ClockStart.GREETING_END, 2_000));
        waiting();
        assertAbandonedAfter(Greeting.LONGEST_SILENCE_MILLIS + 2_000);
    }

    @Test
    void shouldNotWaitForEverForTheEndOfAGreeting() {
        story.rules.abandonments(FakeRules.terms(ClockStart.GREETING_END, 2_000));
        CallId call = waiting();
        story.tell(new Event.GreetingBegan(call, 0));
        assertAbandonedAfter(Greeting.LATEST_END_MILLIS + 2_000);
    }

    @Test
    void shouldGiveNoMoreTimeToWhoGreetsAfterALongSilence() {
        story.rules.abandonments(FakeRules.terms(ClockStart.GREETING_END, 2_000));
        CallId call = waiting();
        story.pass(2_800).tell(new Event.GreetingBegan(call, 2_600));
        assertAbandonedAfter(1_700);
    }

    @Test
    void shouldHoldTheSoonestOfSeveralClocks() {
        story.rules.abandonments(
                FakeRules.terms(ClockStart.ANSWER, 3_500), FakeRules.terms(ClockStart.GREETING_END, 2_000));
        CallId call = waiting();
        story.tell(new Event.GreetingBegan(call, 0));
        assertAbandonedAfter(3_500);
    }

    @Test
    void shouldHoldTheGreetingsClockWhereThatIsTheSoonest() {
        story.rules.abandonments(
                FakeRules.terms(ClockStart.ANSWER, 3_500), FakeRules.terms(ClockStart.GREETING_START, 2_000));
        CallId call = waiting();
        story.pass(200).tell(new Event.GreetingBegan(call, 0));
        assertAbandonedAfter(1_800);
    }

    @Test
    void shouldLetAnAgentTakeTheCallUntilTheGreetingsClockIsOver() {
        story.rules.abandonments(FakeRules.terms(ClockStart.GREETING_END, 2_000));
        CallId call = waiting();
        story.tell(new Event.GreetingBegan(call, 0)).pass(3_000);
        story.givenReadyAgent("bob");
        assertThat(story.only(Effect.Connect.class, connect -> connect.call().equals(call))
                        .agent()
                        .value())
                .isEqualTo("bob");
        story.tell(new Event.CallConnected(call, new AgentId("bob"), 3_000_000));
        story.tell(new Event.GreetingEnded(call, 2_500)).pass(60_000);
        assertThat(story.campaign().abandoned()).isZero();
    }

    @Test
    void shouldListenForGreetingsWhereAClockRunsFromThem() {
        assertThat(story.all(Effect.PlaceCall.class))
                .noneMatch(place -> place.attempt().order().awaitsGreeting());
        Story other = new Story();
        other.rules.abandonments(FakeRules.terms(ClockStart.GREETING_START, 2_000));
        other.givenTrunk(10, 100)
                .givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(1);
        assertThat(other.all(Effect.PlaceCall.class))
                .singleElement()
                .matches(place -> place.attempt().order().awaitsGreeting());
    }

    @Test
    void shouldServeWaitingCallerWhenAgentComesFreeInTime() {
        List<CallId> calls = story.placed();
        story.talks(calls.get(0));
        story.stored(calls.get(1)).answered(calls.get(1));
        story.pass(1_000).customerHangsUp(calls.get(0));
        story.command("alice", new AgentCommand.EndWrapUp(calls.get(0), "sale"));

        assertThat(story.only(Effect.Connect.class, c -> c.call().equals(calls.get(1)))
                        .agent()
                        .value())
                .isEqualTo("alice");
        assertThat(story.only(Effect.CallDisposed.class, any -> true).disposition())
                .isEqualTo(new Disposition("sale", Disposition.Meaning.NOTHING));
        story.tell(new Event.CallConnected(calls.get(1), new AgentId("alice"), 1_000_000));
        story.pass(5_000);
        assertThat(story.campaign().abandoned()).isZero();
    }

    @Test
    void shouldCountLateAnswerAsAbandoned() {
        CallId call = story.placed().getFirst();
        story.stored(call).tell(new Event.CallFailed(call, Outcome.NO_ANSWER, CallCause.ofStatus(200), true));

        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
    }

    @Test
    void shouldOptOutNumberWhenNetworkSaysUnwanted() {
        CallId call = story.placed().getFirst();
        story.stored(call).tell(new Event.CallFailed(call, Outcome.UNWANTED, CallCause.ofStatus(607), false));

        assertThat(story.only(Effect.OptedOut.class, any -> true).entry().source())
                .isEqualTo("sip:607");
    }

    @Test
    void shouldRetryNoAnswerByPlanAndEndLeadAtItsLastAttempt() {
        CallId call = story.placed().getFirst();
        story.stored(call).fails(call, Outcome.NO_ANSWER);

        assertThat(story.ended(call).next())
                .isEqualTo(new LeadNext.RetryAt(story.now().epochMillis() + 60_000, null));

        CallId busy = story.placed().get(1);
        story.stored(busy).fails(busy, Outcome.BUSY);
        assertThat(story.ended(busy).next()).isEqualTo(new LeadNext.Done());
    }

    @Test
    void shouldTakeRingingAsProofOfRecordWhenItComesFirst() {
        CallId call = story.placed().getFirst();
        story.tell(new Event.CallRinging(call)).answered(call);
        story.stored(call);

        assertThat(story.all(Effect.Connect.class)).hasSize(1);
        assertThat(story.snapshot().unexpectedEvents()).isEmpty();
    }

    @Test
    void shouldJudgeAgainWithWhatTheDatabaseKnowsWhenItRefuses() {
        story.rules.capPerDay(3);
        CallId call = story.placed().getFirst();
        long now = story.now().epochMillis();
        story.tell(
                new Event.AttemptRefused(call, RuleId.CAP_NUMBER_DAY, List.of(now - 3_000, now - 2_000, now - 1_000)));
        story.pass(10);

        Effect.LeadSettled settled = story.only(Effect.LeadSettled.class, any -> true);
        assertThat(settled.next()).isInstanceOfSatisfying(LeadNext.RetryAt.class, retry -> {
            assertThat(retry.epochMillis()).isEqualTo(now - 3_000 + 86_400_001);
            assertThat(retry.refusal()).isNotNull();
        });
        assertThat(story.all(Effect.AttemptEnded.class)).isEmpty();
        assertThat(story.campaign().refusals()).containsEntry(RuleId.CAP_NUMBER_DAY, 1L);
    }

    @Test
    void shouldDateARefusalWithTheEventThatBroughtIt() {
        CallId call = story.placed().getFirst();
        story.pass(3_000);
        long now = story.now().epochMillis();
        story.tell(new Event.AttemptRefused(call, RuleId.OPTOUT, List.of())).pass(60_000);

        assertThat(story.only(Effect.LeadSettled.class, any -> true).next())
                .isInstanceOfSatisfying(
                        LeadNext.RefusedForGood.class,
                        next -> assertThat(next.refusal().atEpochMillis()).isEqualTo(now));
    }

    @Test
    void shouldRefuseForGoodWhenAnotherNodeKnowsTheOptOut() {
        CallId call = story.placed().getFirst();
        story.tell(new Event.AttemptRefused(call, RuleId.OPTOUT, List.of())).pass(10);

        assertThat(story.only(Effect.LeadSettled.class, any -> true).next())
                .isInstanceOfSatisfying(
                        LeadNext.RefusedForGood.class,
                        next -> assertThat(next.refusal().verdict().rule().text())
                                .isEqualTo("optout"));
    }

    @Test
    void shouldPassWaitingCallerOnWhenReservedAgentsLineBreaks() {
        CallId call = story.placed().getFirst();
        story.stored(call).answered(call);
        story.tell(new Event.LineLost(new AgentId("alice"), "BYE"));
        story.givenReadyAgent("bob");

        assertThat(story.all(Effect.Connect.class).getLast().agent().value()).isEqualTo("bob");
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.LINE_CONNECTING);
    }

    @Test
    void shouldHangUpCustomerWhenTalkingAgentsLineBreaks() {
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.tell(new Event.LineLost(new AgentId("alice"), "BYE"));

        assertThat(story.only(Effect.HangUp.class, any -> true).cause()).isEqualTo(HangUpCause.AGENT_LINE_LOST);
        story.tell(new Event.CallHungUp(call, HungUpBy.US, CallCause.NONE));
        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(story.ended(call).call().agent()).isEqualTo(new AgentId("alice"));
    }

    @Test
    void shouldCountEventsThatDoNotFitAndGoOn() {
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.answered(call);
        story.tell(new Event.CallRinging(new CallId(9_999)));

        assertThat(story.snapshot().unexpectedEvents())
                .containsEntry("CONNECTED/CallAnswered", 1L)
                .containsEntry("unknown/CallRinging", 1L);
    }

    @Test
    void shouldDrainWithoutNewDialsAndEndWhatIsLeftAtTheLimit() {
        CallId talking = story.placed().get(0);
        CallId ringing = story.placed().get(1);
        story.talks(talking);
        story.stored(ringing);
        story.tell(new Event.DrainRequested(5_000)).givenLeads(5).pass(4_900);
        assertThat(story.placed()).hasSize(2);
        assertThat(story.all(Effect.HangUp.class)).isEmpty();

        story.pass(200);
        assertThat(story.only(Effect.HangUp.class, any -> true).cause()).isEqualTo(HangUpCause.DRAIN_TIMEOUT);
        assertThat(story.only(Effect.CancelCall.class, any -> true).call()).isEqualTo(ringing);
        story.fails(ringing, Outcome.CANCELLED);
        assertThat(story.all(Effect.Drained.class)).isEmpty();
        story.tell(new Event.CallHungUp(talking, HungUpBy.US, CallCause.NONE));
        assertThat(story.all(Effect.Drained.class)).hasSize(1);
    }

    @Test
    void shouldAbandonOnceWhoIsBeingJoinedWhenTheDrainEnds() {
        CallId joining = story.placed().getFirst();
        story.answered(joining).tell(new Event.DrainRequested(500)).pass(10_000);

        assertThat(story.only(Effect.HangUp.class, any -> true).cause()).isEqualTo(HangUpCause.DRAIN_TIMEOUT);
        story.tell(new Event.CallHungUp(joining, HungUpBy.US, CallCause.NONE));
        assertThat(story.ended(joining).call().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
    }

    @Test
    void shouldNeverCallRefusedLeadsAndSendThemBackWithTheirRefusal() {
        story.rules.judging(request -> FakeRules.refused("window.workday", request.atEpochMillis() + 3_600_000));
        story.givenReadyAgent("bob").givenLeads(200);
        int before = story.placed().size();
        story.pass(100).tell(new Event.LeadsArrived(Story.SPRING, List.of(), Long.MAX_VALUE));

        assertThat(story.placed()).hasSize(before);
        assertThat(story.all(Effect.LeadSettled.class))
                .hasSizeGreaterThanOrEqualTo(200)
                .allSatisfy(settled -> {
                    assertThat(settled.next()).isInstanceOf(LeadNext.RetryAt.class);
                    Refusal refusal = ((LeadNext.RetryAt) settled.next()).refusal();
                    assertThat(refusal).isNotNull();
                });
        assertThat(story.campaign().idleReason()).contains("no lead left");
        assertThat(story.campaign().idleReasons().getFirst().code()).isEqualTo("list.empty");
    }

    @Test
    void shouldRecordOnDemandOnlyWhileTalkingAndOnlyWhereTheCampaignAllowsIt() {
        CallId never = story.placed().getFirst();
        story.talks(never);
        assertThat(record(never)).isInstanceOf(CommandResult.Refused.class);
        story.customerHangsUp(never);

        story.rules.judging(request -> FakeRules.permitted(RecordingDirective.ON_DEMAND));
        story.fails(story.placed().get(1), Outcome.BUSY).givenLeads(1);
        story.command("alice", new AgentCommand.EndWrapUp(never, null));
        CallId onDemand = story.placed().getLast();
        assertThat(record(onDemand)).isInstanceOf(CommandResult.Refused.class);
        story.talks(onDemand);
        assertThat(record(onDemand)).isInstanceOf(CommandResult.Done.class);

        assertThat(story.only(Effect.StartRecording.class, any -> true).call()).isEqualTo(onDemand);
    }

    private CommandResult record(CallId call) {
        return story.command("alice", new AgentCommand.StartRecording(call));
    }
}
