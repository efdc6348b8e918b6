package org.paceline.sip.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.paceline.sip.simulation.PublicBehaviour.End;
import org.paceline.sip.simulation.PublicBehaviour.Fate;
import org.paceline.sip.simulation.PublicBehaviour.Shares;

class PublicBehaviourTest {

    private static final int CALLS = 100_000;

    @Test
    void shouldEndCallsAsTheSharesSay() {
        PublicBehaviour typical = PublicBehaviour.typical();
        Map<End, Integer> ends = new EnumMap<>(End.class);
        for (int i = 0; i < CALLS; i++) {
            Fate fate = typical.fate(7, "+1305555" + i, 0);
            ends.merge(fate.end(), 1, Integer::sum);
            assertThat(fate.postDialMillis()).isBetween(300L, 1_500L);
            assertThat(fate.ringMillis()).isBetween(0L, 30_000L);
            assertThat(fate.talkMillis()).isBetween(0L, 600_000L);
        }
        assertShare(ends, End.ANSWERED, 0.35);
        assertShare(ends, End.NO_ANSWER, 0.37);
        assertShare(ends, End.BUSY, 0.12);
        assertShare(ends, End.INVALID, 0.07);
        assertShare(ends, End.CONGESTION, 0.03);
        assertShare(ends, End.REJECTED, 0.06);
    }

    @Test
    void shouldGiveACallTheSameFateInEveryRun() {
        PublicBehaviour typical = PublicBehaviour.typical();
        for (int i = 0; i < 1000; i++) {
            assertThat(typical.fate(7, "+1305555" + i, 1)).isEqualTo(typical.fate(7, "+1305555" + i, 1));
        }
        assertThat(typical.fate(7, "+13055550123", 1)).isNotEqualTo(typical.fate(8, "+13055550123", 1));
        assertThat(typical.fate(7, "+13055550123", 1)).isNotEqualTo(typical.fate(7, "+13055550123", 2));
    }

    @Test
    void shouldRefuseSharesThatDoNotAddUp() {
        assertThatThrownBy(() -> new Shares(0.5, 0.4, 0, 0, 0, 0)).hasMessageContaining("they must add up to 1");
        assertThatThrownBy(() -> new Shares(1.5, -0.5, 0, 0, 0, 0)).hasMessageContaining("none may be negative");
    }

    @Test
    void shouldDrawTimesOfTheLaw() {
        Random random = new Random(3);
        double exponential = 0;
        int belowMedian = 0;
        for (int i = 0; i < CALLS; i++) {
            exponential += TimeLaw.exponential(1_000, Long.MAX_VALUE).millis(random);
            belowMedian += TimeLaw.logNormal(1_000, 0.8, Long.MAX_VALUE).millis(random) < 1_000 ? 1 : 0;
        }
        assertThat(exponential / CALLS).isCloseTo(1_000, within(15.0));
        assertThat(belowMedian / (double) CALLS).isCloseTo(0.5, within(0.01));
        assertThat(TimeLaw.exponential(1_000, 10).millis(random)).isLessThanOrEqualTo(10);
    }

    private static void assertShare(Map<End, Integer> ends, End end, double share) {
        assertThat(ends.getOrDefault(end, 0) / (double) CALLS).as(end.name()).isCloseTo(share, within(0.006));
    }
}
