package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.FloorTerms;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.agent.PauseCode;
import org.paceline.dialer.agent.Team;
import org.paceline.dialer.campaign.AgentTerms;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;

class BreaksTest {
    private static final long MINUTE = 60_000;
    private static final PauseCode LUNCH = new PauseCode("lunch", 30 * MINUTE, true);
    private static final PauseCode TEA = new PauseCode("tea", 0, true);
    private static final PauseCode TRAINING = new PauseCode("training", 0, false);

    private final Story story = new Story();

    private void givenFloor(int onBreakAtMost, long breakTimeMillis) {
        Team blue = new Team(
                "blue", onBreakAtMost, List.of(new AgentId("alice"), new AgentId("bob"), new AgentId("carol")));
        story.agentTerms = AgentTerms.wrapUp(0);
        story.tell(new Event.FloorConfigured(
                new FloorTerms(List.of(LUNCH, TEA, TRAINING), List.of(blue), Map.of(), breakTimeMillis, 0, 0)));
        story.givenTrunk(100, 1_000)
                .givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenReadyAgent("bob")
                .givenReadyAgent("dora");
    }

    private String pause(String agent, String code) {
        return switch (story.command(agent, new AgentCommand.Pause(code))) {
            case CommandResult.Done done -> done.state().name();
            case CommandResult.Refused refused -> refused.reason();
        };
    }

    private Snapshot.AgentStatus seen(String agent) {
        return story.snapshot().agents().stream()
                .filter(view -> view.id().value().equals(agent))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldRefusePauseWithoutOneOfTheCodes() {
        givenFloor(2, 0);
        assertThat(pause("alice", "coffee")).isEqualTo("no pause code 'coffee': must be one of lunch, tea, training");
        assertThat(pause("alice", " ")).isEqualTo("a pause needs a reason: one of lunch, tea, training");
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.READY);

        story.command("alice", new AgentCommand.Pause("training", "new script"));
        assertThat(seen("alice").reason()).isEqualTo("training: new script");
    }

    @Test
    void shouldTakeAnyReasonWhereThereAreNoCodes() {
        story.givenReadyAgent("alice");
        assertThat(pause("alice", "coffee")).isEqualTo("PAUSED");
    }

    @Test
    void shouldShowABreakThatIsTooLongOnce() {
        givenFloor(2, 0);
        pause("alice", "lunch");
        story.pass(30 * MINUTE - 10);
        assertThat(seen("alice").over()).isNull();
        story.pass(20);
        assertThat(seen("alice").over()).isEqualTo(Limit.BREAK);
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.PAUSED);

        story.tell(new Event.LineLost(new AgentId("alice"), "network"));
        story.tell(new Event.LineOpened(new AgentId("alice")));
        assertThat(story.stateOf("alice")).isEqualTo(AgentState.PAUSED);
        assertThat(seen("alice").over()).isEqualTo(Limit.BREAK);
        assertThat(story.all(Effect.LimitPassed.class)).hasSize(1);
    }

    @Test
    void shouldNotBeginTheLengthAnewWhenTheSameBreakIsAskedForAgain() {
        givenFloor(2, 0);
        pause("alice", "lunch");
        story.pass(29 * MINUTE);
        pause("alice", "lunch");
        story.pass(MINUTE + 10);
        assertThat(seen("alice").over()).isEqualTo(Limit.BREAK);
    }

    @Test
    void shouldRefuseABreakOverTheTeamsQuota() {
        givenFloor(1, 0);
        assertThat(pause("alice", "lunch")).isEqualTo("PAUSED");
        assertThat(pause("bob", "tea")).isEqualTo("1 of team blue are on break: alice; at most 1");
        assertThat(pause("bob", "training")).isEqualTo("PAUSED");
        assertThat(pause("dora", "lunch")).isEqualTo("PAUSED");
        assertThat(pause("alice", "tea")).isEqualTo("PAUSED");

        story.command("alice", new AgentCommand.Ready());
        assertThat(pause("bob", "tea")).isEqualTo("PAUSED");
    }

    @Test
    void shouldKeepThePlaceOfABreakThatALostLineInterrupts() {
        givenFloor(1, 0);
        pause("alice", "lunch");
        story.tell(new Event.LineLost(new AgentId("alice"), "network"));
        assertThat(pause("bob", "lunch")).startsWith("1 of team blue are on break: alice");

        story.command("alice", new AgentCommand.Ready());
        assertThat(pause("bob", "lunch")).isEqualTo("PAUSED");
    }

    @Test
    void shouldJudgeABreakAgainWhenItWouldBegin() {
        givenFloor(1, 0);
        story.givenLeads(2).pass(10);
        CallId call = story.placed().getFirst();
        String talking = story.talks(call).value();
        String other = talking.equals("alice") ? "bob" : "alice";
        assertThat(pause(talking, "lunch")).isEqualTo("TALKING");
        assertThat(pause(other, "lunch")).isEqualTo("PAUSED");

        story.customerHangsUp(call);
        assertThat(seen(talking).state()).isEqualTo(AgentState.READY);
        assertThat(seen(talking).reason())
                .isEqualTo("break refused: 1 of team blue are on break: " + other + "; at most 1");
    }

    @Test
    void shouldBeginABreakAskedForDuringATalkWhereThereIsAPlace() {
        givenFloor(1, 0);
        story.givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        String talking = story.talks(call).value();
        pause(talking, "lunch");
        story.customerHangsUp(call);
        assertThat(seen(talking).reason()).isEqualTo("lunch");
        story.pass(30 * MINUTE + 10);
        assertThat(seen(talking).over()).isEqualTo(Limit.BREAK);
    }

    @Test
    void shouldLimitTheBreakTimeOfADay() {
        givenFloor(3, 40 * MINUTE);
        pause("alice", "lunch");
        story.pass(25 * MINUTE);
        story.command("alice", new AgentCommand.Ready());
        assertThat(seen("alice").breakMillisToday()).isEqualTo(25 * MINUTE);

        pause("alice", "tea");
        story.pass(15 * MINUTE - 10);
        assertThat(seen("alice").over()).isNull();
        story.pass(20);
        assertThat(seen("alice").over()).isEqualTo(Limit.BREAK);

        story.command("alice", new AgentCommand.Ready());
        assertThat(pause("alice", "tea")).isEqualTo("agent alice had 40 min of break today; at most 40 min");
        story.clockSteps(24 * 60 * MINUTE);
        assertThat(pause("alice", "tea")).isEqualTo("PAUSED");
    }

    @Test
    void shouldForgetAPauseAskedForDuringATalkOnceReadyEndsTheWrapUp() {
        givenFloor(1, 0);
        story.agentTerms = AgentTerms.wrapUp(10_000);
        story.givenCampaign(DialMode.PROGRESSIVE, 1).givenLeads(1).pass(10);
        CallId call = story.placed().getFirst();
        String talking = story.talks(call).value();
        pause(talking, "training");
        story.customerHangsUp(call);
        story.command(talking, new AgentCommand.Ready());

        story.tell(new Event.LineLost(new AgentId(talking), "network"));
        story.tell(new Event.LineOpened(new AgentId(talking)));
        assertThat(story.stateOf(talking)).isEqualTo(AgentState.READY);
    }
}
