package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.numbers.OptOutLists;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.rules.OptOut;
import org.paceline.rules.RecordingDirective;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

class PlacementTest {
    private static final CampaignId AUTUMN = new CampaignId("autumn");

    private final Story story = new Story().givenTrunk(100, 1_000);

    @Test
    void shouldPlaceOneCallForEachFreeAgentInProgressiveMode() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenReadyAgent("bob")
                .givenLeads(10)
                .pass(50);

        assertThat(story.placed()).hasSize(2);
        assertThat(story.all(Effect.PlaceCall.class))
                .extracting(place -> String.valueOf(place.attempt().chargedTo()))
                .containsExactly("alice", "bob");
    }

    @Test
    void shouldNotTellThatACallRingsBeforeItIsStoredAndSent() {
        story.givenCampaign(DialMode.RATIO, 3)
                .givenReadyAgent("alice")
                .givenLeads(10)
                .pass(50);
        assertThat(story.campaign().planned()).isEqualTo(3);
        assertThat(story.campaign().ringing()).isZero();

        story.stored(story.placed().getFirst()).pass(50);
        assertThat(story.campaign().planned()).isEqualTo(2);
        assertThat(story.campaign().ringing()).isEqualTo(1);
    }

    @Test
    void shouldNotPlaceTwoCallsForOneAgentOfTwoCampaigns() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
        story.givenReadyAgent("alice", Story.SPRING, AUTUMN);
        story.givenLeads(5).givenLeads(AUTUMN, 5).pass(50);

        assertThat(story.placed()).hasSize(1);
        CallId call = story.placed().getFirst();
        story.stored(call).fails(call, Outcome.BUSY).pass(10);
        assertThat(story.placed()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldLetCampaignsThatShareAgentsTakeTurns(DialMode mode) {
        story.givenCampaign(mode, 1);
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, mode, 1)));
        story.givenReadyAgent("alice", Story.SPRING, AUTUMN);
        story.givenLeads(10).givenLeads(AUTUMN, 10);
        for (int i = 0; i < 9; i++) {
            CallId call = story.placed().getLast();
            story.stored(call).fails(call, Outcome.BUSY).pass(10);
        }
        assertThat(story.all(Effect.PlaceCall.class))
                .filteredOn(place -> place.attempt().order().campaign().equals(AUTUMN))
                .hasSize(5);
    }

    @Test
    void shouldKeepRatioOfLinesToFreeAgents() {
        story.givenCampaign(DialMode.RATIO, 2.5)
                .givenReadyAgent("alice")
                .givenReadyAgent("bob")
                .givenLeads(20)
                .pass(50);
        assertThat(story.placed()).hasSize(5);

        story.givenCampaign(DialMode.RATIO, 3).pass(50);
        assertThat(story.placed()).hasSize(6);
    }

    @ParameterizedTest
    @EnumSource(DialMode.class)
    void shouldKeepAnAgentFreeForANumberWhoseLastCallWasAbandoned(DialMode mode) {
        long abandoned = 13_055_550_123L;
        story.rules.judging(request -> request.number().e164() == abandoned && !request.agentReserved()
                ? FakeRules.refused("gap.abandoned", Long.MAX_VALUE)
                : FakeRules.permitted(RecordingDirective.NEVER));
        story.givenCampaign(mode, mode == DialMode.RATIO ? 3 : 1)
                .givenReadyAgent("alice")
                .givenReadyAgent("bob");
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(story.lead(Story.SPRING, abandoned)), Long.MAX_VALUE));
        CallId kept = story.placed().getFirst();
        story.givenLeads(5).pass(10);
        CallId first = story.placed().get(1);
        assertThat(story.talks(first)).isEqualTo(new AgentId("bob"));
        if (mode == DialMode.RATIO) {
            CallId second = story.placed().get(2);
            story.stored(second).answered(second);
            assertThat(story.all(Effect.Connect.class)).hasSize(1);
        }
        assertThat(story.talks(kept)).isEqualTo(new AgentId("alice"));
    }

    @Test
    void shouldGiveTheAgentKeptFreeToWhoWaitsOnceTheCallIsOver() {
        long abandoned = 13_055_550_123L;
        story.rules.judging(request -> request.number().e164() == abandoned && !request.agentReserved()
                ? FakeRules.refused("gap.abandoned", Long.MAX_VALUE)
                : FakeRules.permitted(RecordingDirective.NEVER));
        story.givenCampaign(DialMode.RATIO, 3).givenReadyAgent("alice").givenReadyAgent("bob");
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(story.lead(Story.SPRING, abandoned)), Long.MAX_VALUE));
        story.givenLeads(5).pass(10);
        CallId kept = story.placed().get(0);
        CallId waiting = story.placed().get(2);
        story.talks(story.placed().get(1));
        story.stored(kept, waiting).answered(waiting).fails(kept, Outcome.BUSY);
        assertThat(story.only(Effect.Connect.class, connect -> connect.call().equals(waiting))
                        .agent())
                .isEqualTo(new AgentId("alice"));
    }

    @Test
    void shouldDialNothingWithoutReadyAgent() {
        story.givenCampaign(DialMode.RATIO, 3).givenReadyAgent("alice");
        story.command("alice", new AgentCommand.Pause("lunch"));
        story.givenLeads(5).pass(100);

        assertThat(story.placed()).isEmpty();
    }

    @Test
    void shouldFallBackToOneLinePerAgentNearTheAbandonmentLimit() {
        story.givenCampaign(DialMode.RATIO, 3)
                .givenReadyAgent("alice")
                .givenLeads(40)
                .pass(10);
        for (int i = 0; i < 3; i++) {
            CallId late = story.placed().getLast();
            story.stored(late).tell(new Event.CallFailed(late, Outcome.NO_ANSWER, CallCause.NONE, true));
        }
        assertThat(story.campaign().abandoned()).isEqualTo(3);
        int before = story.placed().size();
        story.pass(100);
        assertThat(story.placed()).hasSize(before);
        assertThat(story.campaign().planned() + story.campaign().ringing()).isLessThanOrEqualTo(3);
    }

    @Test
    void shouldKeepChannelsAndRateOfTheTrunk() {
        story.givenTrunk(3, 10)
                .givenCampaign(DialMode.RATIO, 10)
                .givenReadyAgent("alice")
                .givenLeads(20);
        story.pass(50);
        assertThat(story.placed()).hasSize(1);
        story.pass(200);
        assertThat(story.placed()).hasSize(3);
        story.pass(1_000);
        assertThat(story.placed()).hasSize(3);
        assertThat(story.campaign().idleReason()).contains("all 3 channels in use");
    }

    @Test
    void shouldLeaveReservedChannelsFreeAndCountEachOnsetOnce() {
        Story story = new Story()
                .givenTrunk(5, 2, 1_000)
                .givenCampaign(DialMode.RATIO, 10)
                .givenReadyAgent("ann")
                .givenLeads(20);
        story.pass(200);
        assertThat(story.placed()).hasSize(3);
        assertThat(story.campaign().idleReason())
                .startsWith("channels.reserved: ")
                .contains("keeps 2 free");
        assertThat(story.campaign().refusals()).containsExactly(Map.entry(RuleId.CHANNELS_RESERVED, 1L));

        story.stored(story.placed().getFirst())
                .fails(story.placed().getFirst(), Outcome.BUSY)
                .pass(100);
        assertThat(story.placed()).hasSize(4);
        assertThat(story.campaign().refusals()).containsExactly(Map.entry(RuleId.CHANNELS_RESERVED, 1L));

        story.command("ann", new AgentCommand.Pause("tea"));
        story.pass(20);
        story.command("ann", new AgentCommand.Ready());
        story.pass(20);
        assertThat(story.campaign().refusals()).containsExactly(Map.entry(RuleId.CHANNELS_RESERVED, 2L));
    }

    @Test
    void shouldBurnNoAttemptOnTrunkThatIsDown() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        story.tell(new Event.TrunkChanged(Story.TRUNK, false, 0, "OPTIONS unanswered"));
        story.givenLeads(5).pass(1_000);

        assertThat(story.placed()).isEmpty();
        assertThat(story.campaign().idleReason()).contains("carrier is down: OPTIONS unanswered");
        story.tell(new Event.TrunkChanged(Story.TRUNK, true, 0, "answers")).pass(10);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldKeepOffTrunkForItsRetryAfter() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        story.tell(new Event.TrunkChanged(Story.TRUNK, true, 3_000, "503"));
        story.givenLeads(5).pass(2_900);
        assertThat(story.placed()).isEmpty();
        story.pass(200);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldPlaceCallsAtOnceWhenAnotherAddressEndsTheRetryAfter() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        story.tell(new Event.TrunkChanged(Story.TRUNK, true, 300_000, "503"));
        story.givenLeads(5).pass(1_000);
        assertThat(story.placed()).isEmpty();

        story.tell(new Event.TrunkChanged(Story.TRUNK, true, 0, "another address is up"))
                .pass(10);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldTakeNoMoreCallsOnATrunkThatIsRemovedAndForgetItAfterTheLast() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(5)
                .pass(10);
        CallId call = story.placed().getFirst();
        story.stored(call).tell(new Event.TrunkRemoved(Story.TRUNK));
        story.tell(new Event.TrunkChanged(Story.TRUNK, true, 0, "answers"));
        assertThat(story.snapshot().trunks())
                .singleElement()
                .satisfies(trunk -> assertThat(trunk.reason()).isEqualTo("configured no more"));

        story.fails(call, Outcome.BUSY).pass(6_000);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.snapshot().trunks()).isEmpty();
    }

    @Test
    void shouldHaveOneAttemptInFlightPerNumberOverAllCampaigns() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
        story.givenReadyAgent("alice").givenReadyAgent("zoe", AUTUMN);
        Lead spring = story.lead(Story.SPRING, 13_055_550_123L);
        Lead autumn = story.lead(AUTUMN, 13_055_550_123L);
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(spring), Long.MAX_VALUE));
        story.tell(new Event.LeadsArrived(AUTUMN, List.of(autumn), Long.MAX_VALUE));
        story.pass(6_000);
        assertThat(story.placed()).hasSize(1);

        CallId call = story.placed().getFirst();
        story.stored(call).fails(call, Outcome.BUSY).pass(6_000);
        assertThat(story.placed()).hasSize(2);
    }

    @Test
    void shouldCountAttemptsOfOneCampaignInTheOthersCap() {
        story.rules.capPerDay(1);
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
        story.givenReadyAgent("alice").givenReadyAgent("zoe", AUTUMN);
        story.tell(new Event.LeadsArrived(
                Story.SPRING, List.of(story.lead(Story.SPRING, 13_055_550_123L)), Long.MAX_VALUE));
        story.tell(new Event.LeadsArrived(AUTUMN, List.of(story.lead(AUTUMN, 13_055_550_123L)), Long.MAX_VALUE));
        CallId call = story.placed().getFirst();
        story.stored(call).fails(call, Outcome.BUSY).pass(6_000);

        assertThat(story.placed()).hasSize(1);
        assertThat(story.all(Effect.LeadSettled.class)).hasSize(1);
    }

    @Test
    void shouldRefuseTheVeryNextDialAfterOptOut() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
        story.tell(new Event.LeadsArrived(
                Story.SPRING, List.of(story.lead(Story.SPRING, 13_055_550_123L)), Long.MAX_VALUE));
        story.tell(new Event.NumberOptedOut(13_055_550_123L, new OptOut("api", null, Long.MAX_VALUE)));
        story.givenReadyAgent("alice").pass(50);

        assertThat(story.placed()).isEmpty();
        assertThat(story.campaign().refusals()).containsEntry(RuleId.OPTOUT, 1L);
    }

    @Test
    void shouldRefuseNumbersOfAListFromTheMomentItComesUntilTheyAreTakenOut() {
        long number = 13_055_550_123L;
        OptOutLists.Builder lists =
                new OptOutLists.Builder(List.of(new OptOut("file:registry.csv", null, Long.MAX_VALUE)), 1);
        lists.add(number, 0);
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
        story.tell(new Event.OptOutListsReplaced(lists.build()));
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(story.lead(Story.SPRING, number)), Long.MAX_VALUE));
        story.givenReadyAgent("alice").pass(50);
        assertThat(story.placed()).isEmpty();
        assertThat(story.campaign().refusals()).containsEntry(RuleId.OPTOUT, 1L);

        story.tell(new Event.OptOutListsReplaced(OptOutLists.NONE));
        story.tell(new Event.NumberOptedOut(number, new OptOut("api", null, Long.MAX_VALUE)));
        story.tell(new Event.OptOutsRemoved(number, List.of()));
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(story.lead(Story.SPRING, number)), Long.MAX_VALUE));
        story.pass(50);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldNotDialWhatWasOptedOutBetweenPlanAndRecord() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(1)
                .pass(10);
        CallId planned = story.placed().getFirst();
        long number = Story.FIRST_NUMBER;
        story.tell(new Event.NumberOptedOut(number, new OptOut("api:ann", null, Long.MAX_VALUE)));
        story.tell(new Event.AttemptRefused(planned, RuleId.OPTOUT, List.of()));
        story.pass(10_000);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.campaign().refusals()).containsEntry(RuleId.OPTOUT, 1L);
    }

    @Test
    void shouldStopAgentAtDayCapAndGoOnNextDay() {
        story.rules.agentDayCap(2);
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").givenLeads(10);
        for (int i = 0; i < 2; i++) {
            CallId call = story.placed().getLast();
            story.stored(call).fails(call, Outcome.BUSY).pass(20);
        }
        assertThat(story.placed()).hasSize(2);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);

        story.clockSteps(24 * 3_600_000).pass(10);
        assertThat(story.placed()).hasSize(3);
    }

    @Test
    void shouldConnectCallPlacedForAgentWhoReachedTheCapWithIt() {
        story.rules.agentDayCap(1);
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").givenLeads(10);

        assertThat(story.talks(story.placed().getFirst()).value()).isEqualTo("alice");
    }

    @Test
    void shouldStopCampaignAndKeepLeadsWhenItsCallerIdIsNotAllotted() {
        story.rules.judging(request -> FakeRules.refused("callerid.allotted", Long.MAX_VALUE));
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(3)
                .pass(100);

        assertThat(story.all(Effect.LeadSettled.class)).isEmpty();
        assertThat(story.campaign().readyLeads()).isEqualTo(3);
        assertThat(story.campaign().idleReason()).startsWith("callerid.allotted");

        story.rules.judging(request -> FakeRules.PERMITTED);
        story.givenCampaign(DialMode.PROGRESSIVE, 1).pass(10);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldResumeRequiredRecordingWhenRecorderWorksAgain() {
        story.rules.judging(request -> request.recordingPossible()
                ? FakeRules.PERMITTED
                : FakeRules.refused("record.required", Long.MAX_VALUE));
        story.tell(new Event.RecorderChanged("disk full"));
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(3)
                .pass(100);
        assertThat(story.placed()).isEmpty();

        story.tell(new Event.RecorderChanged(null)).pass(10);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldDialNothingWhileTheDatabaseDoesNotAnswer() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
        story.tell(new Event.DatabaseChanged("storing attempts: connection refused"));
        story.givenReadyAgent("alice").givenLeads(3).pass(100);
        assertThat(story.placed()).isEmpty();
        assertThat(story.campaign().dialling()).isFalse();
        assertThat(story.campaign().idleReason())
                .isEqualTo("the database does not answer: storing attempts: connection refused");

        story.tell(new Event.DatabaseChanged(null)).pass(10);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldSayUntilWhenItIdlesWhenEveryLeadIsRefused() {
        long morning = story.now().epochMillis() + 7 * 3_600_000;
        story.rules.judging(request -> FakeRules.refused("window.workday", morning));
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(3)
                .pass(10);
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(), morning)).pass(2_000);
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(), morning)).pass(10);

        assertThat(story.campaign().idleReason()).contains("no lead is due").contains("window.workday");
        assertThat(story.campaign().idleUntilEpochMillis()).isEqualTo(morning);
    }

    @Test
    void shouldLookAtFewLeadsAfterAnEventAndPlaceTheRestAtTheNext() {
        story.givenCampaign(DialMode.RATIO, 15)
                .givenReadyAgent("alice")
                .pass(50)
                .givenLeads(40);
        int first = story.placed().size();
        assertThat(first).isEqualTo(Placement.EFFORT / Placement.EFFORT_OF_CALL);

        story.tell(new Event.EntriesStored(0));
        assertThat(story.placed()).hasSize(2 * first);
        story.pass(10);
        assertThat(story.placed()).hasSize(15);
    }

    @Test
    void shouldNotLetAListOfRefusedNumbersKeepOtherCampaignsFromDialing() {
        long last = Story.FIRST_NUMBER + 1_000;
        story.rules.judging(request -> request.number().e164() <= last
                ? FakeRules.refused("optout", Verdict.Refused.NEVER)
                : FakeRules.PERMITTED);
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenLeads(1_000);
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
        story.givenLeads(AUTUMN, 5).givenReadyAgent("alice").givenReadyAgent("bob", AUTUMN);

        story.pass(10);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.campaign().readyLeads()).isPositive();
    }

    @Test
    void shouldNotLetTwoListsOfRefusedNumbersTakeTurnsAtKeepingAThirdFromDialing() {
        CampaignId winter = new CampaignId("winter");
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
        story.givenLeads(AUTUMN, 5).givenReadyAgent("bob", AUTUMN).pass(10);
        CallId first = story.placed().getFirst();
        story.rules.judging(request -> FakeRules.refused("optout", Verdict.Refused.NEVER));
        for (CampaignId refused : List.of(Story.SPRING, winter)) {
            story.tell(new Event.CampaignConfigured(story.settings(refused, DialMode.PROGRESSIVE, 1)));
            story.givenLeads(refused, 1_000).givenReadyAgent(refused + "-agent", refused);
        }
        long last = Story.FIRST_NUMBER + 5;
        story.rules.judging(request -> request.number().e164() > last
                ? FakeRules.refused("optout", Verdict.Refused.NEVER)
                : FakeRules.PERMITTED);
        story.stored(first).fails(first, Outcome.BUSY).pass(15);

        assertThat(story.placed()).hasSize(2);
        assertThat(story.snapshot().campaigns())
                .extracting(Snapshot.CampaignStatus::readyLeads)
                .allMatch(ready -> ready > 0);
    }

    @Test
    void shouldStopPlacingWhileJournalOrStoreIsBehind() {
        Story slow = new Story(new EngineSettings(1, Story.ZONE, 3, 5, 1_000)).givenTrunk(100, 1_000);
        slow.givenCampaign(DialMode.RATIO, 100)
                .givenReadyAgent("alice")
                .givenLeads(20)
                .pass(100);
        assertThat(slow.placed()).hasSizeLessThanOrEqualTo(3);
        assertThat(slow.campaign().idleReason()).contains("database is behind");
    }

    @Test
    void shouldGiveLeadsBackWhenCampaignFileIsGone() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenLeads(5);
        story.tell(new Event.CampaignRemoved(Story.SPRING))
                .givenReadyAgent("alice")
                .pass(100);

        assertThat(story.all(Effect.LeadSettled.class)).hasSize(5);
        assertThat(story.placed()).isEmpty();
        assertThat(story.snapshot().campaigns()).isEmpty();
    }

    @Test
    void shouldKeepRemovedCampaignUntilItsLastCallEnds() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").givenLeads(5);
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.tell(new Event.CampaignRemoved(Story.SPRING)).pass(100);
        assertThat(story.snapshot().campaigns()).hasSize(1);
        story.customerHangsUp(call).pass(10);

        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.CONNECTED);
        assertThat(story.snapshot().campaigns()).isEmpty();
    }

    @Test
    void shouldAskForLeadsOncePerAnswer() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice").pass(500);
        assertThat(story.all(Effect.RequestLeads.class)).hasSize(1);
        story.tell(new Event.LeadsArrived(Story.SPRING, List.of(), Long.MAX_VALUE))
                .pass(900);
        assertThat(story.all(Effect.RequestLeads.class)).hasSize(1);
        story.tell(new Event.LeadsChanged(Story.SPRING)).pass(10);
        assertThat(story.all(Effect.RequestLeads.class)).hasSize(2);
    }

    @Test
    void shouldRefuseCommandsThatDoNotFit() {
        assertThat(story.command("alice", new AgentCommand.Ready()))
                .isInstanceOfSatisfying(
                        CommandResult.Refused.class,
                        refused -> assertThat(refused.reason()).contains("not signed in"));
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenReadyAgent("alice");
        assertThat(story.command("alice", new AgentCommand.Pause(" "))).isInstanceOf(CommandResult.Refused.class);
        assertThat(story.command("alice", new AgentCommand.HangUp(new CallId(1))))
                .isInstanceOf(CommandResult.Refused.class);
        assertThat(story.command("alice", new AgentCommand.SignOut())).isInstanceOf(CommandResult.Done.class);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.SIGNED_OUT);
        assertThat(story.all(Effect.CloseLine.class)).hasSize(1);
    }

    @Test
    void shouldTellWhatCallsAreAboutFromWhenOn() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
        story.matter = "renewal";
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenCampaign(DialMode.RATIO, 1);

        assertThat(story.all(Effect.MatterSet.class))
                .extracting(Effect.MatterSet::matter)
                .containsExactly(null, "renewal");
    }
}
