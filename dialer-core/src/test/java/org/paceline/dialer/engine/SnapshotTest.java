package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.pacing.DialMode;

class SnapshotTest {
    private final Story story = new Story().givenTrunk(10, 100).givenCampaign(DialMode.PROGRESSIVE, 1);

    @Test
    void shouldBeTheSameInStepsAsAtOnce() {
        givenAgents(7);

        assertThat(story.snapshotStep(3)).isNull();
        assertThat(story.snapshotStep(3)).isNull();
        assertThat(story.snapshotStep(3)).isEqualTo(story.snapshot());
    }

    @Test
    void shouldBeginAnotherOnceOneIsWhole() {
        givenAgents(2);

        assertThat(story.snapshotStep(1)).isNull();
        assertThat(story.snapshotStep(1)).isNotNull();
        assertThat(story.snapshotStep(1)).isNull();
        assertThat(story.snapshotStep(1)).isEqualTo(story.snapshot());
    }

    @Test
    void shouldHaveAgentsWhoSignInBetweenSteps() {
        givenAgents(3);
        assertThat(story.snapshotStep(2)).isNull();
        story.givenReadyAgent("late");

        Snapshot whole = Objects.requireNonNull(story.snapshotStep(2));
        assertThat(whole.agents().stream().map(agent -> agent.id().value()))
                .containsExactly("agent0", "agent1", "agent2", "late");
    }

    @Test
    void shouldBeWholeInOneStepWithoutAgents() {
        assertThat(story.snapshotStep(1)).isEqualTo(story.snapshot());
    }

    private void givenAgents(int count) {
        IntStream.range(0, count).forEach(i -> story.givenReadyAgent("agent" + i));
    }
}
