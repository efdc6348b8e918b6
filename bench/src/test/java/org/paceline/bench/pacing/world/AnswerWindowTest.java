package org.paceline.bench.pacing.world;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerWindowTest {

    @Test
    void shouldTellTheWorstMomentOfARollingWindow() {
        AnswerWindow window = new AnswerWindow(1_000);
        for (int i = 0; i < 99; i++) {
            window.answered(i);
        }
        window.abandoned(99);
        assertThat(window.worstRatio()).as("too few answers").isZero();

        window.answered(100);
        assertThat(window.worstRatio()).isEqualTo(1 / 100.0);
        window.abandoned(200);
        assertThat(window.worstRatio()).isEqualTo(2 / 100.0);
        for (int i = 0; i < 110; i++) {
            window.answered(900 + i);
        }
        window.abandoned(1_090);
        assertThat(window.worstRatio())
                .as("90 answers have left, no abandoned call has")
                .isEqualTo(3 / 120.0);
        window.advance(1_190);
        assertThat(window.worstRatio()).as("one abandoned call has left").isEqualTo(3 / 120.0);
        assertThat(window.ratio()).isEqualTo(3 / 210.0);
    }
}
