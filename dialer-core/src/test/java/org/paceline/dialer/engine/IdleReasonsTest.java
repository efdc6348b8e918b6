package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.dialer.engine.Story.SPRING;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.state.IdleReason;
import org.paceline.dialer.trunk.TrunkSettings;
import org.paceline.rules.CampaignApproval;
import org.paceline.rules.CampaignApproval.ApprovalState;
import org.paceline.rules.RecordingDirective;

/** Why a campaign places no calls: everything that holds, the most fundamental first, and nothing that does not. */
class IdleReasonsTest {
    private static final CampaignPause PAUSE = new CampaignPause("api:boss", "complaints about the list", 1);

    private final Story story = new Story();

    private List<String> codes() {
        return story.campaign().idleReasons().stream().map(IdleReason::code).toList();
    }

    private @Nullable String first() {
        return story.campaign().idleReason();
    }

    private Story givenADiallingCampaign() {
        return story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(10)
                .pass(10);
    }

    private void standing(ApprovalState state, long from, long until) {
        CampaignSettings usual = story.settings(SPRING, DialMode.PROGRESSIVE, 1);
        story.tell(new Event.CampaignConfigured(new CampaignSettings(
                usual.id(),
                new CampaignApproval(state, from, until),
                usual.rules(),
                usual.retries(),
                usual.pacing(),
                usual.budget(),
                usual.callerIds(),
                usual.trunks(),
                usual.ringLimitMillis(),
                usual.agents(),
                usual.calls(),
                usual.demands(),
                usual.recording(),
                usual.recordingNotice(),
                usual.abandonmentMessage(),
                usual.script())));
    }

    @Test
    void shouldHaveNoReasonWhileItDials() {
        givenADiallingCampaign();

        assertThat(story.placed()).hasSize(1);
        assertThat(codes()).isEmpty();
        assertThat(story.campaign().dialling()).isTrue();
        assertThat(first()).isNull();
    }

    @Test
    void shouldTellEverythingThatIsMissingAtOnce() {
        standing(ApprovalState.DRAFT, 0, Long.MAX_VALUE);
        story.tell(new Event.DatabaseChanged("connection refused"))
                .tell(new Event.CampaignsPaused(Map.of(SPRING, PAUSE)))
                .pass(10);

        assertThat(codes())
                .containsExactly("campaign.approval", "campaign.paused", "database.down", "trunk.none", "agents.none");
        assertThat(story.campaign().dialling()).isFalse();
        assertThat(first()).isEqualTo("campaign.approval: the campaign is draft, not running");
    }

    @Test
    void shouldSayThatItIsADraftThoughNobodyIsSignedIn() {
        story.givenTrunk(100, 1_000);
        standing(ApprovalState.DRAFT, 0, Long.MAX_VALUE);
        story.pass(10);

        assertThat(codes()).containsExactly("campaign.approval", "agents.none");
    }

    @Test
    void shouldSayWhenItsTermBeginsAndThatItIsOver() {
        story.givenTrunk(100, 1_000);
        long begins = story.now().epochMillis() + 3_600_000;
        standing(ApprovalState.RUNNING, begins, Long.MAX_VALUE);
        story.pass(10);
        assertThat(first()).isEqualTo("campaign.approval: the campaign's term has not begun");
        assertThat(story.campaign().idleUntilEpochMillis()).isEqualTo(begins);

        standing(ApprovalState.RUNNING, 0, story.now().epochMillis());
        story.pass(10);
        assertThat(first()).isEqualTo("campaign.approval: the campaign's term is over");
    }

    @Test
    void shouldPlaceNothingFromTheVeryNextCallOnWhenItIsPaused() {
        givenADiallingCampaign();
        CallId call = story.placed().getFirst();
        story.stored(call);
        story.tell(new Event.CampaignsPaused(Map.of(SPRING, PAUSE)));
        story.givenReadyAgent("bob").pass(1_000);

        assertThat(story.placed()).hasSize(1);
        assertThat(codes()).containsExactly("campaign.paused");
        assertThat(first()).isEqualTo("paused by api:boss: complaints about the list");
        assertThat(story.campaign().pause()).isEqualTo(PAUSE);

        story.tell(new Event.CampaignsPaused(Map.of())).pass(10);
        assertThat(story.placed()).hasSize(2);
        assertThat(story.campaign().pause()).isNull();
    }

    @Test
    void shouldStayPausedWhenItsFileChanges() {
        givenADiallingCampaign();
        story.tell(new Event.CampaignsPaused(Map.of(SPRING, PAUSE)));
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("bob").pass(1_000);

        assertThat(story.placed()).hasSize(1);
        assertThat(codes()).containsExactly("campaign.paused");
    }

    @Test
    void shouldSayThatEveryAgentIsPaused() {
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        assertThat(story.command("alice", new AgentCommand.Pause("lunch", null)))
                .isInstanceOf(CommandResult.Done.class);
        story.givenLeads(5).pass(10);

        assertThat(story.placed()).isEmpty();
        assertThat(codes()).containsExactly("agents.paused");
        assertThat(first()).isEqualTo("no agent takes calls: 1 paused");
    }

    @Test
    void shouldSayThatNoAgentIsReadyWhileAllTalk() {
        givenADiallingCampaign();
        story.talks(story.placed().getFirst());
        story.pass(10);

        assertThat(codes()).containsExactly("agents.busy");
        assertThat(first()).isEqualTo("no agent is ready: 1 with a customer or in wrap-up");
    }

    @Test
    void shouldSayThatTheListIsEmpty() {
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        story.pass(10);
        assertThat(codes()).containsExactly("list.awaited");

        story.givenLeads(0).pass(10);
        assertThat(codes()).containsExactly("list.empty");
        assertThat(story.campaign().dialling()).isFalse();
    }

    @Test
    void shouldSayUntilWhenAllLeadsSleep() {
        long due = story.now().epochMillis() + 7_200_000;
        story.givenTrunk(100, 1_000).givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        story.tell(new Event.LeadsArrived(SPRING, List.of(), due)).pass(10);

        assertThat(codes()).containsExactly("list.not-due");
        assertThat(story.campaign().idleUntilEpochMillis()).isEqualTo(due);
    }

    @Test
    void shouldTellATrunkThatIsMissingDownBlockedAndFullApart() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(9)
                .pass(10);
        assertThat(codes()).containsExactly("trunk.none");

        story.tell(new Event.TrunkConfigured(new TrunkSettings(Story.TRUNK, 1, 0, 1_000, 1, null)))
                .pass(10);
        assertThat(codes()).containsExactly("trunk.down");

        story.tell(new Event.TrunkChanged(Story.TRUNK, true, 60_000, "503 with Retry-After"))
                .pass(10);
        assertThat(codes()).containsExactly("trunk.blocked");
        assertThat(story.campaign().idleUntilEpochMillis())
                .isEqualTo(story.now().epochMillis() + 60_000 - 10);

        story.pass(61_000);
        assertThat(story.placed()).hasSize(1);
        story.givenReadyAgent("bob").pass(10);
        assertThat(codes()).containsExactly("trunk.full");
    }

    @Test
    void shouldSayThatItMustRecordAndCannot() {
        story.recording = RecordingDirective.ALWAYS;
        givenADiallingCampaign();
        story.tell(new Event.RecorderChanged("recordings=/data: no such directory"))
                .pass(10);

        assertThat(codes()).containsExactly("record.required");
        assertThat(first()).isEqualTo("record.required: recordings=/data: no such directory");

        story.tell(new Event.RecorderChanged(null)).pass(10);
        assertThat(codes()).isEmpty();
    }

    @Test
    void shouldGiveTheIdOfTheRuleThatStopsTheCampaign() {
        story.rules.judging(_ -> FakeRules.refused("callerid.allotted", Long.MAX_VALUE));
        givenADiallingCampaign();

        assertThat(codes()).containsExactly("callerid.allotted");
        assertThat(first()).startsWith("callerid.allotted: ");
    }

    @Test
    void shouldSayThatItDrainsBeforeAllElse() {
        givenADiallingCampaign();
        story.tell(new Event.CampaignsPaused(Map.of(SPRING, PAUSE)))
                .tell(new Event.DrainRequested(60_000))
                .pass(10);

        assertThat(codes()).startsWith("draining", "campaign.paused");
    }
}
