package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;

class AgentLimitsTest {
    private final Story story = new Story();

    private CallId talking(AgentTerms terms) {
        story.agentTerms = terms;
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(1)
                .pass(10);
        CallId call = story.placed().getFirst();
        story.talks(call);
        return call;
    }

    private Snapshot.AgentStatus alice() {
        return story.snapshot().agents().getFirst();
    }

    @Test
    void shouldWarnOfALongTalkThenEndIt() {
        CallId call = talking(new AgentTerms(10_000, false, 180_000, 300_000, 15_000));

        story.pass(179_900);
        assertThat(alice().over()).isNull();
        story.pass(200);
        assertThat(alice().over()).isEqualTo(Limit.TALK);
        assertThat(story.only(Effect.LimitPassed.class, any -> true).call()).isEqualTo(call);
        assertThat(story.all(Effect.WarnAgent.class)).containsExactly(new Effect.WarnAgent(call));

        story.pass(119_700);
        assertThat(story.all(Effect.HangUp.class)).isEmpty();
        story.pass(200);
        assertThat(story.only(Effect.HangUp.class, any -> true).cause()).isEqualTo(HangUpCause.TALK_LIMIT);
        story.customerHangsUp(call);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.WRAP_UP);
        assertThat(alice().over()).isNull();
        assertThat(alice().limitsPassed()).containsEntry(Limit.TALK, 1L);
    }

    @Test
    void shouldNotEndATalkThatIsOnlyToBeWarnedOf() {
        talking(new AgentTerms(10_000, false, 1_000, 0, 15_000));
        story.pass(600_000);
        assertThat(story.all(Effect.HangUp.class)).isEmpty();
        assertThat(story.all(Effect.LimitPassed.class)).hasSize(1);
    }

    @Test
    void shouldForgetTheTalksLimitWhenTheTalkEndsBefore() {
        CallId call = talking(new AgentTerms(0, false, 1_000, 2_000, 15_000));
        story.pass(900).customerHangsUp(call).pass(5_000);
        assertThat(story.all(Effect.LimitPassed.class)).isEmpty();
        assertThat(story.all(Effect.HangUp.class)).isEmpty();
    }

    @Test
    void shouldShowAgentOverTheWrapUpLimitWhereTheCampaignWantsIt() {
        CallId call = talking(new AgentTerms(10_000, true, 0, 0, 15_000));
        story.customerHangsUp(call).pass(10_010);

        assertThat(story.stateOf("alice")).isEqualTo(AgentState.WRAP_UP);
        assertThat(alice().over()).isEqualTo(Limit.WRAP_UP);
        assertThat(story.only(Effect.LimitPassed.class, any -> true).limit()).isEqualTo(Limit.WRAP_UP);
        story.command("alice", new AgentCommand.EndWrapUp(null, null));
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        assertThat(alice().over()).isNull();
    }

    @Test
    void shouldTakeDispositionOfTheLastCallWithoutWrapUp() {
        story.agentTerms = AgentTerms.wrapUp(0);
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        assertThat(story.command("alice", new AgentCommand.Dispose(new CallId(7), "sale")))
                .isInstanceOf(CommandResult.Refused.class);
        story.givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.customerHangsUp(call);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);

        assertThat(story.command("alice", new AgentCommand.Dispose(call, "sale")))
                .isInstanceOf(CommandResult.Done.class);
        assertThat(story.only(Effect.CallDisposed.class, any -> true).call()).isEqualTo(call);
    }
}
