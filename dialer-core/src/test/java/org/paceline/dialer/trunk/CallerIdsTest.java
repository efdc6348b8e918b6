package org.paceline.dialer.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerIdsTest {
    private static final long FIRST = 13_055_550_000L;

    private final CallerIds ids = new CallerIds();

    @Test
    void shouldKeepEachCallerIdsOwnFigures() {
        ids.ended(FIRST, true);
        ids.ended(FIRST + 1, false);
        assertThat(ids.blocked(FIRST + 1, 5_000)).isEqualTo(1);
        ids.ended(FIRST + 1, false);
        assertThat(ids.blocked(FIRST + 1, 6_000)).isEqualTo(2);

        assertThat(ids.all())
                .containsExactly(
                        new CallerIdHealth(FIRST, 1, 1, 1, false, 0, 0),
                        new CallerIdHealth(FIRST + 1, 2, 0, 0, false, 2, 6_000));
    }

    @Test
    void shouldForgetTheOneUsedLongestAgoWhenThereAreTooMany() {
        for (int i = 0; i < CallerIds.LIMIT; i++) {
            ids.ended(FIRST + i, false);
        }
        ids.ended(FIRST, false);
        ids.ended(FIRST + CallerIds.LIMIT, false);

        List<Long> known = ids.all().stream().map(CallerIdHealth::callerId).toList();
        assertThat(known).hasSize(CallerIds.LIMIT).contains(FIRST).doesNotContain(FIRST + 1);
    }

    @Test
    void shouldLeaveCopiesAsTheyWere() {
        ids.ended(FIRST, false);
        List<CallerIdHealth> before = ids.all();
        ids.ended(FIRST, true);

        assertThat(before).containsExactly(new CallerIdHealth(FIRST, 1, 0, 0, false, 0, 0));
        assertThat(ids.all()).containsExactly(new CallerIdHealth(FIRST, 2, 1, 1, false, 0, 0));
    }

    @Test
    void shouldTellOnceThatAnswersFellAndOnceThatTheyRecovered() {
        assertThat(told(2_000, 30)).isEmpty();
        assertThat(told(128, 5)).singleElement().satisfies(fell -> {
            assertThat(fell.answersFell()).isTrue();
            assertThat(fell.recentAnsweredRatio()).isLessThan(0.15);
            assertThat(fell.answeredRatio()).isBetween(0.25, 0.3);
        });
        assertThat(told(400, 30))
                .singleElement()
                .satisfies(recovered -> assertThat(recovered.answersFell()).isFalse());
    }

    @Test
    void shouldTellNothingBeforeItIsKnownWhatIsUsual() {
        assertThat(told(255, 50)).isEmpty();
        assertThat(told(128, 0)).isEmpty();
    }

    @Test
    void shouldTellNothingOfARateThatFallsByAThird() {
        assertThat(told(2_000, 30)).isEmpty();
        assertThat(told(500, 20)).isEmpty();
    }

    /** By chance alone: 200 caller IDs with 2,000 attempts each, of which three of ten are answered. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 20_261_129})
    void shouldSeldomTellOfAFallThatIsChance(long seed) {
        Random random = new Random(seed);
        int falls = 0;
        for (int id = 0; id < 200; id++) {
            for (int attempt = 0; attempt < 2_000; attempt++) {
                CallerIdHealth changed = ids.ended(FIRST + id, random.nextInt(10) < 3);
                falls += changed != null && changed.answersFell() ? 1 : 0;
            }
        }
        assertThat(falls).as("seed %d", seed).isLessThanOrEqualTo(20);
    }

    @Test
    void shouldRememberTheLastAttemptsOnly() {
        for (int i = 0; i < 200; i++) {
            ids.ended(FIRST, true);
        }
        for (int i = 0; i < 100; i++) {
            ids.ended(FIRST, false);
        }

        assertThat(ids.all().getFirst().recentAnswered()).isEqualTo(28);
        assertThat(ids.all().getFirst().recentAnsweredRatio()).isEqualTo(28.0 / 128);
    }

    /** Evenly answered attempts, and what was told of them. */
    private List<CallerIdHealth> told(int attempts, int percent) {
        List<CallerIdHealth> told = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            boolean isAnswered = (i + 1) * percent / 100 > i * percent / 100;
            CallerIdHealth changed = ids.ended(FIRST, isAnswered);
            if (changed != null) {
                told.add(changed);
            }
        }
        return told;
    }
}
