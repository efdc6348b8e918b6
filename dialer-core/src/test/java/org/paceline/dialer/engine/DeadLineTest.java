package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;

/** Customers who are joined with a phone that does not show that it is there. */
class DeadLineTest {
    private static final AgentId ALICE = new AgentId("alice");

    private final Story story = new Story();

    @BeforeEach
    void givenOneAgent() {
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PROGRESSIVE, 1);
    }

    @Test
    void shouldAbandonTheCustomerInTimeWhenTheLineShowsNothing() {
        CallId call = joined();
        story.pass(1_995);
        assertThat(story.all(Effect.Announce.class)).isEmpty();
        story.pass(10);

        assertThat(story.only(Effect.Announce.class, any -> true).call()).isEqualTo(call);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        story.tell(new Event.CallConnected(call, ALICE, 3_000));
        story.tell(new Event.CallHungUp(call, HungUpBy.ANNOUNCEMENT_END, CallCause.NONE));
        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(story.ended(call).call().connectedAtEpochMillis()).isZero();
    }

    @Test
    void shouldGiveTheCustomerOfALostLineToTheNextAgentAndCountTheTalkOnce() {
        CallId call = joined();
        story.givenReadyAgent("bob").pass(1_100).tell(lost());

        assertThat(story.all(Effect.Connect.class).getLast()).isEqualTo(new Effect.Connect(call, new AgentId("bob")));
        story.tell(new Event.CallConnected(call, new AgentId("bob"), 1_105_000));
        story.customerHangsUp(call);
        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(story.ended(call).call().agent()).isEqualTo(new AgentId("bob"));
        assertThat(story.campaign().abandoned()).isZero();
    }

    @Test
    void shouldAbandonTheCustomerOfALostLineWhoseTimeIsOver() {
        CallId call = joined();
        story.givenReadyAgent("bob").pass(1_999);
        story.clockPasses(2).tell(lost());

        assertThat(story.all(Effect.Connect.class)).hasSize(1);
        assertThat(story.only(Effect.Announce.class, any -> true).call()).isEqualTo(call);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.LINE_CONNECTING);
    }

    @Test
    void shouldPlaceNoCallsForALostLineUntilItIsUpAgain() {
        story.givenReadyAgent("alice").tell(lost()).givenLeads(3).pass(1_000);
        assertThat(story.placed()).isEmpty();

        story.tell(new Event.LineOpened(ALICE)).pass(10);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
    }

    @Test
    void shouldEndTheTalkAndPauseTheAgentWhosePhoneIsLost() {
        story.givenReadyAgentWithoutLine("alice").givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        story.stored(call).answered(call);
        AgentRing ring = story.only(Effect.RingAgent.class, any -> true).ring();
        story.tell(new Event.AgentAnswered(ring, 1_000_000)).pass(5_000);
        story.tell(new Event.AgentLost(ring, "the phone is gone"));

        assertThat(story.only(Effect.HangUp.class, any -> true).cause()).isEqualTo(HangUpCause.AGENT_LINE_LOST);
        story.tell(new Event.CallHungUp(call, HungUpBy.US, CallCause.NONE)).pass(10_010);
        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.PAUSED);
        assertThat(story.snapshot().agents().getFirst().reason()).isEqualTo("the phone is gone");
    }

    /** A customer who answered and was joined with the line of the only agent. */
    private CallId joined() {
        story.givenReadyAgent("alice").givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        story.stored(call).answered(call);
        assertThat(story.all(Effect.Connect.class)).hasSize(1);
        return call;
    }

    private static Event lost() {
        return new Event.LineLost(ALICE, "the phone is gone");
    }
}
