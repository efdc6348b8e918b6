package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.LeadTraits;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.DialRequest;
import org.paceline.rules.OptOut;

/** What happens between the storing of an attempt and its INVITE, and what is undone where none leaves. */
class DeparturesTest {
    private static final CampaignId AUTUMN = new CampaignId("autumn");

    private final Story story = new Story();

    private CallId givenPlannedCall() {
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(3)
                .pass(20);
        return story.placed().getFirst();
    }

    private void thenTakenBack(CallId call, NotSent why) {
        assertThat(story.all(Effect.Dial.class)).noneMatch(dial -> dial.call().equals(call));
        Effect.TakeBack back =
                story.only(Effect.TakeBack.class, one -> one.attempt().call().equals(call));
        assertThat(back.why()).isEqualTo(why);
        assertThat(story.all(Effect.AttemptEnded.class)).isEmpty();
        assertThat(story.snapshot().campaigns().getFirst().notSent()).containsEntry(why, 1L);
    }

    private LeadId leadOf(CallId call) {
        return story.only(
                        Effect.PlaceCall.class, place -> place.attempt().call().equals(call))
                .attempt()
                .lead();
    }

    @Test
    void shouldDialOnlyOnceTheAttemptIsRecorded() {
        CallId call = givenPlannedCall();
        assertThat(story.all(Effect.Dial.class)).isEmpty();
        story.stored(call);
        assertThat(story.all(Effect.Dial.class)).extracting(Effect.Dial::call).containsExactly(call);
    }

    @Test
    void shouldDialWhatWasRecordedLateWhenItsAgentStillWaitsForIt() {
        CallId call = givenPlannedCall();
        story.pass(5_000).stored(call);
        assertThat(story.all(Effect.Dial.class)).extracting(Effect.Dial::call).containsExactly(call);
        story.fails(call, Outcome.NO_ANSWER);
        assertThat(story.ended(call).call().dialledAtEpochMillis())
                .isEqualTo(story.now().epochMillis());
    }

    @Test
    void shouldTakeBackWhenItsAgentPausedMeanwhile() {
        CallId call = givenPlannedCall();
        story.command("alice", new AgentCommand.Pause("coffee"));
        story.stored(call);

        thenTakenBack(call, NotSent.NO_AGENT);
        assertThat(story.campaign().attempts()).isZero();
        assertThat(story.campaign().outcomes()).isEmpty();
        story.command("alice", new AgentCommand.Ready());
        story.pass(20);
        assertThat(leadOf(story.placed().get(1))).as("the same lead is next").isEqualTo(leadOf(call));
    }

    @Test
    void shouldTakeBackWhenEveryAgentOfTheCampaignLeft() {
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgent("alice")
                .givenLeads(3)
                .pass(20);
        CallId call = story.placed().getFirst();
        story.command("alice", new AgentCommand.Pause("coffee"));
        story.stored(call);
        thenTakenBack(call, NotSent.NO_AGENT);
    }

    @Test
    void shouldTakeBackAndRefuseWhenTheNumberWasListedMeanwhile() {
        CallId call = givenPlannedCall();
        long number = Story.FIRST_NUMBER + 1;
        story.tell(new Event.NumberOptedOut(number, new OptOut("api", null, Long.MAX_VALUE)));
        story.stored(call);

        thenTakenBack(call, NotSent.RULE);
        Effect.LeadSettled settled =
                story.only(Effect.LeadSettled.class, one -> one.lead().equals(leadOf(call)));
        assertThat(settled.next()).isInstanceOf(LeadNext.RefusedForGood.class);
    }

    @Test
    void shouldTakeBackWhenItsTrunkWentDownMeanwhile() {
        CallId call = givenPlannedCall();
        story.tell(new Event.TrunkChanged(Story.TRUNK, false, 0, "silent")).stored(call);
        thenTakenBack(call, NotSent.TRUNK_DOWN);
        story.pass(1_000);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldGiveLeadBackUntouchedWhenItsCampaignIsGone() {
        CallId call = givenPlannedCall();
        story.tell(new Event.CampaignRemoved(Story.SPRING)).stored(call);
        thenTakenBack(call, NotSent.CAMPAIGN);
        assertThat(story.only(Effect.LeadSettled.class, one -> one.lead().equals(leadOf(call)))
                        .next())
                .isEqualTo(new LeadNext.Untouched());
    }

    @Test
    void shouldTakeBackWhenASupervisorPausedTheCampaignMeanwhile() {
        CallId call = givenPlannedCall();
        story.tell(new Event.CampaignsPaused(Map.of(Story.SPRING, new CampaignPause("api:bob", "a fault", 1))))
                .stored(call);
        thenTakenBack(call, NotSent.CAMPAIGN);
    }

    @Test
    void shouldGiveLeadBackUntouchedWhenDraining() {
        CallId call = givenPlannedCall();
        story.tell(new Event.DrainRequested(60_000));
        assertThat(story.all(Effect.Drained.class)).isEmpty();
        story.stored(call);
        thenTakenBack(call, NotSent.DRAINING);
        assertThat(story.only(Effect.LeadSettled.class, one -> one.lead().equals(leadOf(call)))
                        .next())
                .isEqualTo(new LeadNext.Untouched());
        assertThat(story.all(Effect.Drained.class)).hasSize(1);
    }

    @Test
    void shouldEndLeadAsDecidedWhenItWasDecidedMeanwhile() {
        CallId call = givenPlannedCall();
        long due = story.now().epochMillis() + 60_000;
        story.tell(new Event.CallbackPromised(Story.SPRING, leadOf(call), due)).stored(call);
        thenTakenBack(call, NotSent.CAMPAIGN);
        assertThat(story.only(Effect.LeadSettled.class, one -> one.lead().equals(leadOf(call)))
                        .next())
                .isEqualTo(new LeadNext.RetryAt(due, null));
    }

    @ParameterizedTest
    @EnumSource(
            value = NotSent.class,
            names = {"NO_RTP_PORT", "NO_ADDRESS", "SEND_FAILED", "CANCELLED"})
    void shouldCountNothingWhenTheNetworkCouldNotSend(NotSent why) {
        List<DialRequest> judged = new ArrayList<>();
        story.rules.judging(request -> {
            judged.add(request);
            return FakeRules.PERMITTED;
        });
        CallId call = givenPlannedCall();
        story.stored(call).tell(new Event.CallNotSent(call, why)).pass(2_000);

        assertThat(story.campaign().notSent()).isEqualTo(Map.of(why, 1L));
        assertThat(story.campaign().attempts()).isZero();
        assertThat(story.snapshot().trunks().getFirst().channelsInUse()).isEqualTo(1);
        DialRequest again = judged.getLast();
        assertThat(again.agentAttemptsToday()).isZero();
        assertThat(again.campaignAttemptsToday()).isZero();
        assertThat(again.history().size()).isZero();
        assertThat(leadOf(story.placed().getLast())).isEqualTo(leadOf(call));
        assertThat(story.placed()).hasSize(2);
    }

    @Test
    void shouldJudgeARecordedCallWithoutWhatItAddedItself() {
        List<DialRequest> judged = new ArrayList<>();
        story.rules.judging(request -> {
            judged.add(request);
            return FakeRules.PERMITTED;
        });
        CallId call = givenPlannedCall();
        judged.clear();
        story.stored(call);
        assertThat(judged.getFirst().agentAttemptsToday()).isZero();
        assertThat(judged.getFirst().campaignAttemptsToday()).isZero();
    }

    @Test
    void shouldUndoTheCountsOfTheDayOfThePlan() {
        List<DialRequest> judged = new ArrayList<>();
        story.rules.judging(request -> {
            judged.add(request);
            return FakeRules.PERMITTED;
        });
        CallId call = givenPlannedCall();
        story.clockSteps(24 * 3_600_000L).stored(call).tell(new Event.CallNotSent(call, NotSent.SEND_FAILED));
        story.pass(2_000);
        assertThat(judged.getLast().campaignAttemptsToday()).isZero();
        assertThat(judged.getLast().agentAttemptsToday()).isZero();
    }

    @Test
    void shouldForgetTheAttemptInAHistoryThatWasReadWhileItStood() {
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
        CallId call = givenPlannedCall();
        long plannedAt = story.only(Effect.PlaceCall.class, any -> true)
                .attempt()
                .plannedAt()
                .epochMillis();
        story.stored(call).tell(new Event.CallNotSent(call, NotSent.SEND_FAILED));
        Lead same = story.lead(AUTUMN, Story.FIRST_NUMBER + 1);
        Lead read = new Lead(same.id(), AUTUMN, same.number(), 0, LeadTraits.NONE, new AttemptHistory(plannedAt));
        List<DialRequest> judged = new ArrayList<>();
        story.rules.judging(request -> {
            judged.add(request);
            return FakeRules.PERMITTED;
        });
        story.command("alice", new AgentCommand.Pause("coffee"));
        story.tell(new Event.LeadsArrived(AUTUMN, List.of(read), Long.MAX_VALUE))
                .givenReadyAgent("bob", AUTUMN);
        story.pass(2_000);
        assertThat(judged).isNotEmpty().allMatch(request -> request.history().size() == 0);
    }

    @Test
    void shouldKeepTheOrderOfLeadsThatAreTakenBack() {
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.RATIO, 3)
                .givenReadyAgent("alice")
                .givenLeads(9)
                .pass(50);
        List<CallId> first = List.copyOf(story.placed());
        assertThat(first).hasSize(3);
        story.tell(new Event.TrunkChanged(Story.TRUNK, false, 0, "silent"));
        first.forEach(story::stored);
        story.tell(new Event.TrunkChanged(Story.TRUNK, true, 0, "answers")).pass(50);
        List<CallId> second = story.placed().subList(3, 6);
        assertThat(second.stream().map(this::leadOf))
                .containsExactlyElementsOf(first.stream().map(this::leadOf).toList());
    }

    @Test
    void shouldSendAtTheTrunksRateWhatWasRecordedAtOnce() {
        story.givenTrunk(100, 10)
                .givenCampaign(DialMode.RATIO, 5)
                .givenReadyAgent("alice")
                .givenLeads(9)
                .pass(450);
        CallId[] planned = story.placed().toArray(CallId[]::new);
        assertThat(planned).hasSize(5);
        story.stored(planned);
        assertThat(story.all(Effect.Dial.class)).hasSize(1);
        story.pass(200);
        assertThat(story.all(Effect.Dial.class)).hasSize(3);
        story.pass(200);
        assertThat(story.all(Effect.Dial.class)).hasSize(5);
    }

    @Test
    void shouldTakeBackLateCallsThatWouldFindNoAgent() {
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.RATIO, 3)
                .givenReadyAgent("alice")
                .givenReadyAgent("bob")
                .givenLeads(9)
                .pass(50);
        List<CallId> planned = List.copyOf(story.placed());
        assertThat(planned).hasSize(6);
        story.pass(2_000).command("bob", new AgentCommand.Pause("coffee"));
        story.stored(planned.toArray(CallId[]::new));
        assertThat(story.all(Effect.Dial.class))
                .as("three lines for the agent left")
                .hasSize(3);
        assertThat(story.campaign().notSent()).isEqualTo(Map.of(NotSent.TOO_LATE, 3L));
    }

    @Test
    void shouldRestATrunkLongerEachTimeItCannotSend() {
        CallId call = givenPlannedCall();
        story.stored(call)
                .tell(new Event.CallNotSent(call, NotSent.SEND_FAILED))
                .pass(990);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.campaign().idleReason()).isEqualTo("trunk carrier is blocked: an INVITE could not be sent");
        story.pass(20);
        CallId second = story.placed().get(1);
        story.stored(second)
                .tell(new Event.CallNotSent(second, NotSent.SEND_FAILED))
                .pass(1_900);
        assertThat(story.placed()).hasSize(2);
        story.pass(110);
        CallId third = story.placed().get(2);
        story.stored(third)
                .tell(new Event.CallRinging(third))
                .fails(third, Outcome.BUSY)
                .pass(20);
        CallId fourth = story.placed().get(3);
        story.stored(fourth)
                .tell(new Event.CallNotSent(fourth, NotSent.SEND_FAILED))
                .pass(1_010);
        assertThat(story.placed()).as("begins anew once it was heard of").hasSize(5);
    }

    @Test
    void shouldPlanNoCallThatNoPortIsLeftFor() {
        story.tell(new Event.RtpPortsChanged(3, 10));
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgent("alice")
                .givenReadyAgent("bob")
                .givenLeads(9)
                .pass(100);
        assertThat(story.placed()).as("two agents have a port each").hasSize(1);
        assertThat(story.campaign().idleReason())
                .isEqualTo("no RTP port free: 3 usable for 1 calls and 2 agents, other programs hold 10 of the range");
        CallId call = story.placed().getFirst();
        story.stored(call).fails(call, Outcome.BUSY).pass(20);
        assertThat(story.placed()).hasSize(2);
        story.tell(new Event.RtpPortsChanged(13, 0)).pass(20);
        assertThat(story.placed()).hasSize(5);
        assertThat(story.campaign().idleReason()).isNull();
    }

    @Test
    void shouldRestAfterACallFoundNoPort() {
        CallId call = givenPlannedCall();
        story.stored(call)
                .tell(new Event.CallNotSent(call, NotSent.NO_RTP_PORT))
                .pass(900);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.campaign().idleReason()).startsWith("no RTP port free");
        story.pass(200);
        assertThat(story.placed()).hasSize(2);
    }

    @Test
    void shouldPlanAsManyAsASlowJournalRecordsWithinASecond() {
        story.tell(new Event.AttemptsJournaled(List.of(), 4_000_000_000L));
        story.givenTrunk(1_000, 10_000).givenCampaign(DialMode.RATIO, 100).givenReadyAgent("alice");
        story.givenLeads(200).pass(500);
        assertThat(story.placed()).hasSize(16);
        assertThat(story.campaign().idleReason()).isEqualTo("journal slow: 4000 ms to store, 16 attempts wait for it");
        story.stored(story.placed().toArray(CallId[]::new));
        for (int i = 0; i < 20; i++) {
            story.tell(new Event.AttemptsJournaled(List.of(), 2_000_000));
        }
        story.pass(100);
        assertThat(story.placed()).hasSize(100);
    }

    @Test
    void shouldPlanLessAndLessWhileTheJournalDoesNotAnswer() {
        story.givenTrunk(1_000, 10_000)
                .givenCampaign(DialMode.RATIO, 100)
                .givenReadyAgent("alice")
                .givenLeads(200)
                .pass(20);
        int planned = story.placed().size();
        story.pass(10_000);
        assertThat(story.placed()).hasSizeLessThanOrEqualTo(Math.max(planned, 100));
        story.givenReadyAgent("bob").pass(100);
        assertThat(story.placed()).hasSizeLessThanOrEqualTo(Math.max(planned, 100));
        assertThat(story.campaign().idleReason()).startsWith("journal slow: ");
    }
}
