package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.pacing.DialMode;

class LeadStockTest {
    private final Story story = new Story().givenTrunk(10, 100);

    private List<Integer> asked() {
        return story.all(Effect.RequestLeads.class).stream()
                .map(Effect.RequestLeads::count)
                .toList();
    }

    private long givenBack() {
        return story.all(Effect.LeadSettled.class).stream()
                .filter(settled -> settled.next() instanceof LeadNext.Untouched)
                .count();
    }

    @Test
    void shouldLeaseWhatItsAgentsNeedAndNoMore() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").pass(100);
        assertThat(asked()).containsExactly(LeadStock.LEAST);
        story.givenLeads(LeadStock.LEAST).pass(10_000);
        assertThat(asked()).containsExactly(LeadStock.LEAST);
    }

    @Test
    void shouldAskForNoneWhileAllAgentsArePaused() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        story.command("alice", new AgentCommand.Pause("lunch"));
        int before = asked().size();
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(), Long.MAX_VALUE))
                .tell(new Event.LeadsChanged(Story.SPRING))
                .pass(5_000);
        assertThat(asked()).hasSize(before);
        story.command("alice", new AgentCommand.Ready());
        story.pass(10);
        assertThat(asked()).hasSize(before + 1);
    }

    @Test
    void shouldAskForTwiceAsManyWhereTheListRunsDryAtOnce() {
        story.rules.judging(request -> FakeRules.refused("window.workday", Long.MAX_VALUE - 1));
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").pass(10);
        for (int i = 0; i < 8; i++) {
            story.givenLeads(asked().getLast()).pass(300);
        }
        assertThat(asked()).startsWith(10, 20, 40, 80, 160, 320, 500);
    }

    @Test
    void shouldGiveBackAllHalfAMinuteAfterTheLastAgentIsGone() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").givenLeads(8);
        assertThat(story.placed()).hasSize(1);
        story.command("alice", new AgentCommand.Pause("lunch"));
        story.pass(29_000);
        assertThat(givenBack()).isZero();
        story.pass(3_000);
        assertThat(givenBack()).isEqualTo(7);
        assertThat(story.campaign().readyLeads()).isZero();
        int before = asked().size();
        story.command("alice", new AgentCommand.Ready());
        story.pass(10);
        assertThat(asked().size()).isGreaterThan(before);
    }

    @Test
    void shouldGiveBackWhatIsFarMoreThanTheAgentsNeed() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").givenLeads(101);
        story.pass(33_000);
        assertThat(givenBack()).isEqualTo(90);
        assertThat(story.campaign().readyLeads()).isEqualTo(LeadStock.LEAST);
    }

    @Test
    void shouldKeepItsLeadsWhileTheDatabaseDoesNotAnswer() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").givenLeads(8);
        story.tell(new Event.DatabaseChanged("gone")).pass(60_000);
        assertThat(givenBack()).isZero();
    }

    @Test
    void shouldSayWhoHoldsTheLeadsThatAreLeft() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").pass(10);
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(), Long.MAX_VALUE, "node north holds 90"))
                .pass(10);
        assertThat(story.campaign().idleReason()).isEqualTo("no lead is free: node north holds 90");
    }
}
