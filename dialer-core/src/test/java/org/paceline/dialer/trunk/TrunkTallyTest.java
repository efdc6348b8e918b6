package org.paceline.dialer.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrunkTallyTest {
    private final TrunkTally tally = new TrunkTally();

    @Test
    void shouldForgetWhatIsNotRecent() {
        for (int i = 0; i < TrunkFigures.SPAN / 2; i++) {
            tally.ended(true, true, 1_000);
        }
        assertThat(tally.figures().recent()).isEqualTo(TrunkFigures.SPAN / 2);
        assertThat(tally.figures().recentAsr()).isEqualTo(1);

        for (int i = 0; i < TrunkFigures.SPAN; i++) {
            tally.ended(false, i % 2 == 0, 0);
        }

        TrunkFigures figures = tally.figures();
        assertThat(figures.recent()).isEqualTo(TrunkFigures.SPAN);
        assertThat(figures.recentAsr()).isZero();
        assertThat(figures.recentNer()).isEqualTo(0.5);
        assertThat(figures.asr()).isEqualTo(1.0 / 3);
        assertThat(figures.acdSeconds()).isEqualTo(1);
    }

    @Test
    void shouldTellHowDelaysAreSpread() {
        for (int i = 1; i <= 100; i++) {
            tally.progressed(i * 100L);
        }

        TrunkFigures.Delay delay = tally.figures().postDialDelay();
        assertThat(delay.count()).isEqualTo(100);
        assertThat(delay.p50Millis()).isBetween(4_950L, 5_050L);
        assertThat(delay.p95Millis()).isBetween(9_400L, 9_600L);
        assertThat(delay.upTo()).containsExactly(2L, 5L, 10L, 20L, 30L, 50L, 60L, 80L, 100L, 100L);
    }
}
