package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.rules.AbandonmentTerms.ClockStart;

class AgentRingsTest {
    private final Story story = new Story();

    /** The customer may wait 20 s, phones ring 5 s. */
    @BeforeEach
    void givenAgentsWithoutLines() {
        story.rules.connectWithin(20_000);
        story.agentTerms = new AgentTerms(10_000, false, 0, 0, 5_000);
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgentWithoutLine("alice")
                .givenLeads(2)
                .pass(10);
    }

    private CallId customerAnswers(int index) {
        CallId call = story.placed().get(index);
        story.stored(call).answered(call);
        return call;
    }

    private AgentRing lastRing() {
        return story.all(Effect.RingAgent.class).getLast().ring();
    }

    private Snapshot.AgentStatus view(String name) {
        return story.snapshot().agents().stream()
                .filter(agent -> agent.id().equals(new AgentId(name)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldCallNoPhoneAtSignIn() {
        story.givenReadyAgentWithoutLine("bob");

        assertThat(story.stateOf("bob")).isEqualTo(AgentState.READY);
        assertThat(story.all(Effect.OpenLine.class)).isEmpty();
        story.command("bob", new AgentCommand.SignOut());
        assertThat(story.all(Effect.CloseLine.class)).isEmpty();
    }

    @Test
    void shouldRingThePhoneAndConnectWhenItAnswers() {
        CallId call = customerAnswers(0);
        assertThat(lastRing()).isEqualTo(new AgentRing(1, call, new AgentId("alice")));
        assertThat(story.all(Effect.Connect.class)).isEmpty();
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.RESERVED);
        assertThat(story.campaign().waiting()).isEqualTo(1);

        story.pass(3_000).tell(new Event.AgentAnswered(lastRing(), 3_000_000));

        assertThat(story.stateOf("alice")).isEqualTo(AgentState.TALKING);
        assertThat(story.campaign().connected()).isEqualTo(1);
        assertThat(story.snapshot().answerToConnected().maxMicros()).isBetween(2_990_000L, 3_010_000L);
        story.pass(60_000);
        assertThat(story.all(Effect.Announce.class)).isEmpty();
        assertThat(story.all(Effect.StopRinging.class)).isEmpty();
        story.customerHangsUp(call);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.WRAP_UP);
        assertThat(story.ended(call).call().answerToConnectedMicros()).isEqualTo(3_000_000);
    }

    @Test
    void shouldPauseWhoDoesNotAnswerAndRingTheNextAtOnce() {
        story.givenReadyAgentWithoutLine("bob");
        CallId call = customerAnswers(0);
        AgentRing first = lastRing();
        story.pass(4_990);
        assertThat(story.all(Effect.StopRinging.class)).isEmpty();
        story.pass(20);

        assertThat(story.only(Effect.StopRinging.class, any -> true).ring()).isEqualTo(first);
        assertThat(view("alice").state()).isEqualTo(AgentState.PAUSED);
        assertThat(view("alice").reason()).isEqualTo("missed a call: no answer in 5.0 s");
        assertThat(view("alice").limitsPassed()).containsEntry(Limit.RING, 1L);
        assertThat(story.only(Effect.LimitPassed.class, any -> true).call()).isEqualTo(call);
        assertThat(lastRing()).isEqualTo(new AgentRing(2, call, new AgentId("bob")));
        story.tell(new Event.AgentAnswered(lastRing(), 6_000_000));
        assertThat(story.stateOf("bob")).isEqualTo(AgentState.TALKING);
    }

    @Test
    void shouldJoinStandingLineAfterAMissedRing() {
        story.givenReadyAgent("bob");
        CallId call = customerAnswers(0);

        story.tell(new Event.AgentMissed(lastRing(), "status 486"));

        assertThat(view("alice").reason()).isEqualTo("missed a call: status 486");
        assertThat(story.all(Effect.StopRinging.class)).isEmpty();
        assertThat(story.only(Effect.Connect.class, any -> true).agent()).isEqualTo(new AgentId("bob"));
        story.tell(new Event.CallConnected(call, new AgentId("bob"), 3_000)).pass(30_000);
        assertThat(story.campaign().abandoned()).isZero();
    }

    @Test
    void shouldAbandonByTheCustomersAnswerWhenNobodyElseIsFree() {
        CallId call = customerAnswers(0);
        story.pass(5_010);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.PAUSED);

        story.pass(14_970);
        assertThat(story.all(Effect.Announce.class)).isEmpty();
        story.pass(40);
        assertThat(story.only(Effect.Announce.class, any -> true).call()).isEqualTo(call);
        story.tell(new Event.CallHungUp(call, HungUpBy.ANNOUNCEMENT_END, CallCause.NONE));
        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(story.ended(call).call().agent()).isNull();
        assertThat(story.campaign().abandoned()).isEqualTo(1);
    }

    @Test
    void shouldServeWhoHasWaitedLongestFirstAfterAMiss() {
        CallId first = customerAnswers(0);
        CallId second = customerAnswers(1);
        story.pass(5_010);
        story.givenReadyAgent("bob");

        assertThat(story.only(Effect.Connect.class, any -> true).call()).isEqualTo(first);
        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void shouldCancelTheRingWhenTheCustomersTimeIsUp() {
        story.rules.connectWithin(2_000);
        CallId call = customerAnswers(0);
        AgentRing ring = lastRing();
        story.pass(1_990);
        assertThat(story.all(Effect.StopRinging.class)).isEmpty();
        story.pass(20);

        assertThat(story.only(Effect.StopRinging.class, any -> true).ring()).isEqualTo(ring);
        assertThat(story.effects.indexOf(story.only(Effect.StopRinging.class, any -> true)))
                .isLessThan(story.effects.indexOf(story.only(Effect.Announce.class, any -> true)));
        assertThat(story.campaign().abandoned()).isEqualTo(1);
        assertThat(view("alice").reason()).isEqualTo("missed a call: no answer in 2.0 s");
        story.tell(new Event.CallHungUp(call, HungUpBy.ANNOUNCEMENT_END, CallCause.NONE));
        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.PAUSED);
    }

    @Test
    void shouldRingForAsLongAsTheGreetingLetsTheCustomerWait() {
        story.rules.abandonments(FakeRules.terms(ClockStart.GREETING_END, 2_000));
        CallId call = customerAnswers(0);
        story.tell(new Event.GreetingBegan(call, 0)).pass(4_800);
        assertThat(story.all(Effect.StopRinging.class)).isEmpty();
        story.tell(new Event.AgentAnswered(lastRing(), 4_800_000)).pass(60_000);

        assertThat(story.stateOf("alice")).isEqualTo(AgentState.TALKING);
        assertThat(story.campaign().abandoned()).isZero();
    }

    @Test
    void shouldEndTheRingWithTheGreetingsClockAndAtTheRingLimitAtTheLatest() {
        story.rules.abandonments(FakeRules.terms(ClockStart.GREETING_END, 2_000));
        CallId call = customerAnswers(0);
        story.tell(new Event.GreetingBegan(call, 0)).pass(2_000).tell(new Event.GreetingEnded(call, 1_000));
        story.pass(1_010);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
        assertThat(view("alice").reason()).isEqualTo("missed a call: no answer in 3.0 s");

        story.givenReadyAgentWithoutLine("bob");
        CallId second = customerAnswers(1);
        story.tell(new Event.GreetingBegan(second, 0)).pass(5_010);
        assertThat(view("bob").reason()).isEqualTo("missed a call: no answer in 5.0 s");
        assertThat(story.campaign().abandoned()).isEqualTo(1);
    }

    @Test
    void shouldNotBlameWhoWasRungOnlyForTheRestOfTheCustomersTime() {
        CallId call = story.placed().getFirst();
        story.stored(call).command("alice", new AgentCommand.Pause("coffee"));
        story.answered(call).pass(17_000);
        story.command("alice", new AgentCommand.Ready());
        assertThat(story.all(Effect.RingAgent.class)).hasSize(1);
        story.pass(3_010);

        assertThat(story.campaign().abandoned()).isEqualTo(1);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        assertThat(view("alice").limitsPassed()).isEmpty();
    }

    @Test
    void shouldIgnoreWhatComesLateOfAnEarlierRing() {
        CallId call = customerAnswers(0);
        AgentRing missed = lastRing();
        story.pass(5_010);
        story.command("alice", new AgentCommand.Ready());
        AgentRing second = lastRing();
        assertThat(second).isEqualTo(new AgentRing(2, call, new AgentId("alice")));

        story.tell(new Event.AgentAnswered(missed, 5_100_000));
        story.tell(new Event.AgentMissed(missed, "status 480"));
        story.tell(new Event.AgentHungUp(missed));
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.RESERVED);
        story.tell(new Event.AgentAnswered(second, 6_000_000));
        story.tell(new Event.AgentHungUp(missed));
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.TALKING);
        assertThat(story.all(Effect.HangUp.class)).isEmpty();
    }

    @Test
    void shouldEndTheTalkAndGoToWrapUpWhenTheAgentsPhoneHangsUp() {
        CallId call = customerAnswers(0);
        story.tell(new Event.AgentAnswered(lastRing(), 1_000_000)).tell(new Event.AgentHungUp(lastRing()));

        assertThat(story.only(Effect.HangUp.class, any -> true).cause()).isEqualTo(HangUpCause.AGENT_HUNG_UP);
        story.tell(new Event.CallHungUp(call, HungUpBy.US, CallCause.NONE));
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.WRAP_UP);
        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.CONNECTED);
    }

    @Test
    void shouldFreeTheAgentWhenTheCustomerHangsUpDuringTheRing() {
        CallId call = customerAnswers(0);
        story.pass(1_000).customerHangsUp(call);

        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.CALLER_HUNG_UP);
        story.pass(30_000);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        assertThat(story.campaign().abandoned()).isZero();
    }

    @Test
    void shouldStopTheRingAndPassTheCustomerOnWhenTheAgentSignsOut() {
        story.givenReadyAgentWithoutLine("bob");
        CallId call = customerAnswers(0);
        AgentRing ring = lastRing();

        story.command("alice", new AgentCommand.SignOut());

        assertThat(story.stateOf("alice")).isEqualTo(AgentState.SIGNED_OUT);
        assertThat(story.only(Effect.StopRinging.class, any -> true).ring()).isEqualTo(ring);
        assertThat(lastRing()).isEqualTo(new AgentRing(2, call, new AgentId("bob")));
    }

    @Test
    void shouldAbandonWhoIsRungForAtTheDrainsLimit() {
        customerAnswers(0);
        story.tell(new Event.DrainRequested(1_000)).pass(1_010);

        assertThat(story.all(Effect.StopRinging.class)).hasSize(1);
        assertThat(story.all(Effect.Announce.class)).hasSize(1);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeAStandingLinesNewsForAnAgentWithoutOne() {
        story.tell(new Event.LineLost(new AgentId("alice"), "BYE")).tell(new Event.LineOpened(new AgentId("alice")));

        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        assertThat(story.snapshot().unexpectedEvents())
                .containsEntry("unknown/LineLost", 1L)
                .containsEntry("unknown/LineOpened", 1L);
    }
}
