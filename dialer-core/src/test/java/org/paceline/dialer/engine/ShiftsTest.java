package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.FloorTerms;
import org.paceline.dialer.agent.LineKind;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;

class ShiftsTest {
    private static final AgentId ALICE = new AgentId("alice");
    private static final long GRACE = 60_000;
    private static final long SIGN_IN_LIMIT = 120_000;

    private final Story story = new Story();
    private final long signedInAt = story.now().epochMillis();

    @BeforeEach
    void givenLimits() {
        story.tell(new Event.FloorConfigured(new FloorTerms(List.of(), List.of(), Map.of(), 0, SIGN_IN_LIMIT, GRACE)));
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PROGRESSIVE, 1);
    }

    private void signIn(LineKind line) {
        story.command("alice", new AgentCommand.SignIn(new AgentAddress("sip:alice@h", line), Set.of(Story.SPRING), 0));
    }

    private void lineIsLost() {
        story.tell(new Event.LineLost(ALICE, "the phone hung up"));
    }

    private Effect.SignedOut signedOut() {
        return story.only(Effect.SignedOut.class, any -> true);
    }

    @Test
    void shouldSignOffWhoseLineStaysDownForTheGraceTime() {
        story.givenReadyAgent("alice");
        lineIsLost();
        story.pass(GRACE - 10);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.LINE_CONNECTING);
        story.pass(20);

        assertThat(story.stateOf("alice")).isEqualTo(AgentState.SIGNED_OUT);
        assertThat(signedOut().reason()).isEqualTo("line lost: the phone hung up");
        assertThat(signedOut().signedInAtEpochMillis()).isEqualTo(signedInAt);
        assertThat(signedOut().atEpochMillis()).isEqualTo(signedInAt + GRACE);
        assertThat(story.all(Effect.CloseLine.class)).hasSize(1);
        assertThat(story.all(Effect.SignedIn.class))
                .containsExactly(new Effect.SignedIn(ALICE, Set.of(Story.SPRING), signedInAt));
    }

    @Test
    void shouldKeepOnWhoseLineComesBackInTime() {
        story.givenReadyAgent("alice");
        lineIsLost();
        story.pass(GRACE - 1_000);
        story.tell(new Event.LineOpened(ALICE));
        story.pass(10_000);
        lineIsLost();
        story.pass(GRACE - 1_000);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.LINE_CONNECTING);
        assertThat(story.all(Effect.SignedOut.class)).isEmpty();
    }

    @Test
    void shouldNotBeginTheGraceTimeAnewWithEachFailedRedial() {
        story.givenReadyAgent("alice");
        lineIsLost();
        story.pass(GRACE / 2);
        story.tell(new Event.LineLost(ALICE, "busy"));
        story.pass(GRACE / 2 + 10);
        assertThat(signedOut().reason()).isEqualTo("line lost: busy");
    }

    @Test
    void shouldSignOffWhosePhoneIsNeverAnswered() {
        signIn(LineKind.STANDING);
        story.tell(new Event.LineLost(ALICE, "no answer"));
        story.pass(GRACE + 1_000);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.LINE_CONNECTING);
        story.pass(SIGN_IN_LIMIT - GRACE);
        assertThat(signedOut().reason()).isEqualTo("line did not come up: no answer");
    }

    @Test
    void shouldSignOffAfterTheGraceTimeWhoLostTheLineDuringATalk() {
        story.givenReadyAgent("alice").givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        story.talks(call);
        lineIsLost();
        story.customerHangsUp(call).pass(GRACE + 10);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.SIGNED_OUT);
    }

    @Test
    void shouldNotWaitForTheLineOfAnAgentWhoIsRungForEachCustomer() {
        signIn(LineKind.PER_CALL);
        story.pass(2 * SIGN_IN_LIMIT);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.PAUSED);
        assertThat(story.all(Effect.SignedIn.class)).hasSize(1);
    }

    @Test
    void shouldKeepNoReasonOfAShiftThatTheAgentEnds() {
        story.givenReadyAgent("alice");
        story.command("alice", new AgentCommand.SignOut());
        assertThat(signedOut().reason()).isNull();
        story.pass(2 * SIGN_IN_LIMIT);
        assertThat(story.all(Effect.SignedOut.class)).hasSize(1);
    }

    @Test
    void shouldEndEveryShiftBeforeTheProcessEnds() {
        story.givenReadyAgent("alice").givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.tell(new Event.DrainRequested(60_000));
        assertThat(story.all(Effect.SignedOut.class)).isEmpty();
        story.customerHangsUp(call);
        assertThat(signedOut().reason()).isEqualTo("the daemon stops");
        assertThat(story.effects.getLast()).isInstanceOf(Effect.Drained.class);
    }
}
