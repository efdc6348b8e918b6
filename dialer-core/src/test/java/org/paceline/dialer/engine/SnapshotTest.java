package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.pacing.DialMode;

class SnapshotTest {
    private final Story story = new Story().givenTrunk(10, 100).givenCampaign(DialMode.PROGRESSIVE, 1);

    @Test
    void shouldBeWholeOnceAllAgentsAreCopied() {
        givenAgents(3);

        assertThat(story.snapshotStep()).isNull();
        assertThat(story.snapshotStep()).isNull();
        assertThat(story.snapshotStep()).isEqualTo(story.snapshot());
        assertThat(story.snapshotStep()).as("the next one begins").isNull();
    }

    @Test
    void shouldCopyTheMoreAgentsTheLongerTheLastStepIsAgo() {
        givenAgents(150);

        assertThat(story.snapshotStep()).isNull();
        story.pass(1);
        assertThat(story.snapshotStep()).as("64 at most").isNull();
        story.pass(1);
        assertThat(story.snapshotStep()).isNull();
        story.pass(1);
        assertThat(Objects.requireNonNull(story.snapshotStep()).agents()).hasSize(150);
    }

    @Test
    void shouldHaveAgentsWhoSignInBetweenSteps() {
        givenAgents(2);
        assertThat(story.snapshotStep()).isNull();
        story.givenReadyAgent("late");
        story.pass(1);

        assertThat(Objects.requireNonNull(story.snapshotStep()).agents().stream()
                        .map(agent -> agent.id().value()))
                .containsExactly("agent0", "agent1", "late");
    }

    @Test
    void shouldBeWholeInOneStepWithoutAgents() {
        assertThat(story.snapshotStep()).isEqualTo(story.snapshot());
    }

    private void givenAgents(int count) {
        IntStream.range(0, count).forEach(i -> story.givenReadyAgent("agent" + i));
    }
}
