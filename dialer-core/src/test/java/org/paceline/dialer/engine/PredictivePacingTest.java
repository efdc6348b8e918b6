package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.pacing.PacingState;

class PredictivePacingTest {
    private final Story story = new Story();
    private int over;

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldNotDialWithoutAnAgent(DialMode mode) {
        story.givenTrunk(100, 1_000).givenCampaign(mode, 2).givenLeads(50).pass(5_000);
        assertThat(story.placed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldStopAtOnceWhenEveryAgentPauses(DialMode mode) {
        story.givenTrunk(100, 1_000)
                .givenCampaign(mode, 2)
                .givenReadyAgent("alice")
                .givenReadyAgent("bob");
        story.command("alice", new AgentCommand.Pause("coffee"));
        story.command("bob", new AgentCommand.Pause("coffee"));
        story.givenLeads(50).pass(10_000);
        assertThat(story.placed()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldKeepTheTrunksChannels(DialMode mode) {
        story.givenTrunk(3, 1_000).givenCampaign(mode, 5);
        for (int i = 0; i < 10; i++) {
            story.givenReadyAgent("agent" + i);
        }
        story.givenLeads(50).pass(10_000);
        assertThat(story.placed()).hasSize(3);
    }

    /** Nothing is known yet: nearly every second call might be answered. */
    @Test
    void shouldBeginCautiously() {
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PREDICTIVE, 1);
        for (int i = 0; i < 5; i++) {
            story.givenReadyAgent("agent" + i);
        }
        story.givenLeads(100).pass(1_000);
        assertThat(story.placed()).hasSizeBetween(5, 9);
        assertThat(state().risk()).isGreaterThan(state().price());
        assertThat(state().why()).contains("risk");
    }

    @Test
    void shouldDialMoreForTheSameAgentsOnceItKnowsThatFewAnswer() {
        givenAListThatNobodyAnswers();
        assertThat(ringing()).isGreaterThan(15);
        PacingState state = state();
        assertThat(state.answerRate()).isLessThan(0.1);
        assertThat(state.free()).isEqualTo(3);
        assertThat(state.ringing()).isEqualTo(ringing());
        assertThat(state.risk()).isLessThan(state.price());
        assertThat(state.why()).contains("lines");
    }

    @Test
    void shouldNotPassTheLinesForAnAgent() {
        givenAListThatNobodyAnswers();
        assertThat(ringing()).isLessThanOrEqualTo(30);
    }

    @Test
    void shouldDialBeforeAnyAgentIsFree() {
        givenAListThatNobodyAnswers();
        List<CallId> calls = story.placed();
        for (int i = 0; i < 3; i++) {
            story.talks(calls.get(calls.size() - 1 - i));
        }
        assertThat(story.campaign().agentsReady()).isZero();
        int before = story.placed().size();
        endEveryRing(24_000);
        for (int i = 0; i < 40; i++) {
            story.givenLeads(10).pass(5_000);
            endEveryRing(0);
        }
        assertThat(story.placed()).hasSizeGreaterThan(before);
    }

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldSayThatTheTrunkIsFull(DialMode mode) {
        story.givenTrunk(3, 1_000).givenCampaign(mode, 1);
        givenAgents(10);
        story.givenLeads(50).pass(2_000);
        assertThat(story.placed()).hasSize(3);
        assertThat(story.campaign().dialling()).isFalse();
        assertThat(story.campaign().idleReason()).isEqualTo("trunk carrier has all 3 channels in use");
        if (mode == DialMode.PREDICTIVE) {
            assertThat(state().why()).isEqualTo("trunk carrier has all 3 channels in use");
            assertThat(state().risk()).isLessThan(state().price());
        }
    }

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldSayThatTheCampaignsLinesAreInUse(DialMode mode) {
        story.maxLines = 4;
        story.givenTrunk(100, 1_000).givenCampaign(mode, 1);
        givenAgents(10);
        story.givenLeads(50).pass(2_000);
        assertThat(story.placed()).hasSize(4);
        assertThat(story.campaign().idleReason()).isEqualTo("max-lines=4 calls are under way");
        if (mode == DialMode.PREDICTIVE) {
            assertThat(state().why()).isEqualTo("max-lines=4 calls are under way");
        }
    }

    @Test
    void shouldSayThatTheTrunkIsDown() {
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PREDICTIVE, 1);
        story.tell(new Event.TrunkChanged(Story.TRUNK, false, 0, "OPTIONS unanswered"));
        givenAgents(5);
        story.givenLeads(50).pass(2_000);
        assertThat(state().why()).isEqualTo("trunk carrier is down: OPTIONS unanswered");
        assertThat(story.campaign().idleReason()).isEqualTo(state().why());
        story.tell(new Event.TrunkChanged(Story.TRUNK, true, 0, "answers")).pass(10);
        assertThat(story.placed()).hasSizeGreaterThanOrEqualTo(5);
        assertThat(state().why()).contains("risk");
    }

    @Test
    void shouldSayThatTheTrunksRateIsTheLimitAndUseAllOfIt() {
        story.givenTrunk(100, 2.5).givenCampaign(DialMode.PREDICTIVE, 1);
        givenAgents(40);
        story.givenLeads(200).passRecording(10_000);
        assertThat(story.placed()).hasSizeBetween(24, 26);
        assertThat(story.campaign().dialling()).isTrue();
        assertThat(state().why()).isEqualTo("trunks take 2.5 new calls a second");
        story.givenTrunk(100, 1_000).pass(1_000);
        assertThat(state().why()).doesNotContain("trunk");
    }

    /** One that another campaign's call left: nothing of the campaign's own has changed. */
    @Test
    void shouldPlaceACallOnceThereIsAChannel() {
        story.givenTrunk(3, 1_000).givenCampaign(DialMode.PREDICTIVE, 1);
        givenAgents(10);
        story.givenLeads(50).pass(1_010);
        story.givenTrunk(5, 1_000).pass(10);
        assertThat(story.placed()).hasSize(5);
    }

    private void givenAgents(int agents) {
        for (int i = 0; i < agents; i++) {
            story.givenReadyAgent("agent" + i);
        }
    }

    @Test
    void shouldTellNothingInOtherModes() {
        story.givenTrunk(10, 100)
                .givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgent("alice")
                .pass(1_000);
        assertThat(story.campaign().pacing()).isNull();
    }

    private void givenAListThatNobodyAnswers() {
        story.givenTrunk(1_000, 1_000).givenCampaign(DialMode.PREDICTIVE, 1);
        for (int i = 0; i < 3; i++) {
            story.givenReadyAgent("agent" + i);
        }
        for (int i = 0; i < 20; i++) {
            story.givenLeads(100).pass(26_000);
            endEveryRing(0);
        }
        story.givenLeads(100);
        story.pass(2_000);
    }

    /** Those placed since the last time, but not the ones of the last moment. */
    private void endEveryRing(long afterMillis) {
        story.pass(Math.max(5, afterMillis));
        List<CallId> calls = story.placed();
        int until = calls.size();
        for (; over < until; over++) {
            story.stored(calls.get(over));
            story.tell(new Event.CallFailed(calls.get(over), Outcome.NO_ANSWER, CallCause.NONE, false));
        }
    }

    private int ringing() {
        return story.campaign().planned() + story.campaign().ringing();
    }

    private PacingState state() {
        return Objects.requireNonNull(story.campaign().pacing());
    }
}
