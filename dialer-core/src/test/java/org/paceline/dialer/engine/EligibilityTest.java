package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.FloorTerms;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.DialMode;

class EligibilityTest {
    private static final long DAY = 24 * 3_600_000L;
    private static final CampaignId AUTUMN = new CampaignId("autumn");
    private static final AgentId ALICE = new AgentId("alice");

    private final Story story = new Story();
    private final long today = LocalDate.ofInstant(
                    java.time.Instant.ofEpochMilli(story.now().epochMillis()), Story.ZONE)
            .toEpochDay();

    @BeforeEach
    void givenSpringThatDemandsAndAutumnThatDoesNot() {
        story.agentTerms = AgentTerms.wrapUp(0);
        story.givenTrunk(100, 1_000);
        story.tell(new Event.CampaignConfigured(story.settings(AUTUMN, DialMode.PROGRESSIVE, 1)));
    }

    private void givenSpring(AgentDemands demands) {
        story.agentDemands = demands;
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
    }

    private void qualify(long lastDay) {
        story.tell(new Event.AgentsQualified(List.of(new Qualification(ALICE, Story.SPRING, lastDay))));
    }

    private CommandResult signIn(CampaignId... campaigns) {
        return story.command(
                "alice", new AgentCommand.SignIn(new AgentAddress("sip:alice@127.0.0.1"), Set.of(campaigns), 0));
    }

    private void ready() {
        story.tell(new Event.LineOpened(ALICE));
        story.command("alice", new AgentCommand.Ready());
    }

    private Map<CampaignId, String> leftOut() {
        return story.snapshot().agents().getFirst().leftOut();
    }

    @Test
    void shouldRefuseSignInToNothingButCampaignsTheAgentIsNotQualifiedFor() {
        givenSpring(new AgentDemands(true, Set.of()));
        assertThat(signIn(Story.SPRING))
                .isEqualTo(new CommandResult.Refused(
                        "agent alice may serve none of the campaigns: spring (not qualified)"));
        qualify(today - 1);
        assertThat(signIn(Story.SPRING))
                .isEqualTo(new CommandResult.Refused("agent alice may serve none of the campaigns: spring"
                        + " (qualification ended with " + LocalDate.ofEpochDay(today - 1) + ")"));
        qualify(today);
        assertThat(signIn(Story.SPRING)).isEqualTo(new CommandResult.Done(AgentState.LINE_CONNECTING));
    }

    @Test
    void shouldNameTheCampaignsLeftOutAndPlaceNoCallForThem() {
        givenSpring(new AgentDemands(true, Set.of()));
        assertThat(signIn(Story.SPRING, AUTUMN))
                .isEqualTo(new CommandResult.Done(AgentState.LINE_CONNECTING, "not served: spring (not qualified)"));
        ready();
        assertThat(leftOut()).containsExactly(Map.entry(Story.SPRING, "not qualified"));
        story.givenLeads(Story.SPRING, 1).pass(50);
        assertThat(story.placed()).isEmpty();
        story.givenLeads(AUTUMN, 1).pass(50);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldServeTheCampaignFromTheMomentTheExamIsPassed() {
        givenSpring(new AgentDemands(true, Set.of()));
        signIn(Story.SPRING, AUTUMN);
        ready();
        story.givenLeads(Story.SPRING, 1).pass(50);

        qualify(Qualification.NO_END);
        story.pass(10);
        assertThat(story.placed()).hasSize(1);
        assertThat(leftOut()).isEmpty();
        assertThat(story.talks(story.placed().getFirst())).isEqualTo(ALICE);
    }

    @Test
    void shouldTakeTheAgentOutAfterTheRunningCallWhenTheQualificationEnds() {
        givenSpring(new AgentDemands(true, Set.of()));
        qualify(today);
        signIn(Story.SPRING, AUTUMN);
        ready();
        story.givenLeads(Story.SPRING, 2).pass(50);
        CallId call = story.placed().getFirst();
        story.talks(call);

        story.clockSteps(DAY).pass(50);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.TALKING);
        assertThat(leftOut()).containsKey(Story.SPRING);
        story.customerHangsUp(call).pass(50);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        assertThat(story.placed()).hasSize(1);
        assertThat(story.all(Effect.AgentChanged.class))
                .extracting(Effect.AgentChanged::reason)
                .contains("not served: spring (qualification ended with " + LocalDate.ofEpochDay(today) + ")");

        story.givenLeads(AUTUMN, 1).pass(50);
        assertThat(story.placed()).hasSize(2);
    }

    @Test
    void shouldNotGiveTheCallPlacedForAnAgentWhoIsNotQualifiedAnyMore() {
        givenSpring(new AgentDemands(true, Set.of()));
        qualify(Qualification.NO_END);
        signIn(Story.SPRING, AUTUMN);
        ready();
        story.givenLeads(Story.SPRING, 1).pass(50);
        CallId call = story.placed().getFirst();
        story.stored(call);

        qualify(Qualification.NONE);
        story.answered(call);
        assertThat(story.all(Effect.Connect.class)).isEmpty();
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);
        story.pass(3_000);
        story.customerHangsUp(call);
        story.givenLeads(AUTUMN, 1).pass(50);
        assertThat(story.placed()).hasSize(2);
    }

    @Test
    void shouldLeaveOutWhoLacksASkill() {
        story.tell(new Event.FloorConfigured(
                new FloorTerms(List.of(), List.of(), Map.of(ALICE, Set.of("english")), 0, 0, 0)));
        givenSpring(new AgentDemands(false, Set.of("spanish", "english")));
        assertThat(signIn(Story.SPRING))
                .isEqualTo(new CommandResult.Refused(
                        "agent alice may serve none of the campaigns: spring (lacks the skill spanish)"));

        story.agentDemands = new AgentDemands(false, Set.of("english"));
        story.givenCampaign(DialMode.PROGRESSIVE, 1);
        assertThat(signIn(Story.SPRING)).isEqualTo(new CommandResult.Done(AgentState.LINE_CONNECTING));
    }

    @Test
    void shouldTakeUpNewDemandsWhileTheAgentIsReady() {
        givenSpring(AgentDemands.NONE);
        signIn(Story.SPRING);
        ready();
        givenSpring(new AgentDemands(false, Set.of("spanish")));
        story.givenLeads(1).pass(50);
        assertThat(story.placed()).isEmpty();
        assertThat(story.campaign().agentsSignedIn()).isZero();

        givenSpring(AgentDemands.NONE);
        story.pass(50);
        assertThat(story.placed()).hasSize(1);
    }

    @Test
    void shouldCountTheLoadOfTheDay() {
        givenSpring(AgentDemands.NONE);
        story.command(
                "alice",
                new AgentCommand.SignIn(
                        new AgentAddress("sip:alice@127.0.0.1"), Set.of(Story.SPRING), new AgentDay(9, 4, 60_000)));
        ready();
        story.givenLeads(1).pass(50);
        CallId call = story.placed().getFirst();
        story.talks(call);
        story.pass(30_000).customerHangsUp(call);
        assertThat(story.snapshot().agents().getFirst().today()).isEqualTo(new AgentDay(10, 5, 90_000));

        story.clockSteps(DAY);
        assertThat(story.snapshot().agents().getFirst().today()).isEqualTo(AgentDay.NONE);
    }
}
