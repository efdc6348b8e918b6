package org.paceline.dialer.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.dialer.campaign.CallerIdPlan.Choice;
import org.paceline.rules.NumberRange;

class CallerIdPlanTest {
    private static final long OWN = 18005550100L;

    private static CallerIdPlan plan(Choice choice, String... ranges) {
        return new CallerIdPlan(
                choice,
                OWN,
                Arrays.stream(ranges)
                        .map(range -> Objects.requireNonNull(NumberRange.parse(range)))
                        .toList());
    }

    @Test
    void shouldAlwaysChooseTheSameWhenFixed() {
        CallerIdPlan plan = CallerIdPlan.fixed(OWN);

        assertThat(LongStream.range(0, 5).map(turn -> plan.choose(13055550123L, turn)))
                .containsOnly(OWN);
        assertThat(plan.contains(OWN)).isTrue();
        assertThat(plan.contains(13055550100L)).isFalse();
    }

    @Test
    void shouldGoRoundAllAllottedNumbersInRotation() {
        CallerIdPlan plan = plan(Choice.ROTATION, "+13055550100..+13055550102", "+12125550100");

        assertThat(LongStream.range(0, 6).map(turn -> plan.choose(13055550123L, turn)))
                .containsExactly(13055550100L, 13055550101L, 13055550102L, 12125550100L, 13055550100L, 13055550101L);
        assertThat(plan.contains(13055550102L)).isTrue();
        assertThat(plan.contains(13055550103L)).isFalse();
    }

    @Test
    void shouldCallNobodyFromTheOwnNumber() {
        assertThat(plan(Choice.ROTATION, "+13055550100..+13055550101").choose(13055550100L, 0))
                .isEqualTo(13055550101L);
        assertThat(plan(Choice.ROTATION, "+13055550100").choose(13055550100L, 0))
                .isEqualTo(OWN);
        assertThat(plan(Choice.LOCAL, "+13055550100", "+13055559999").choose(13055550100L, 0))
                .isEqualTo(13055559999L);
    }

    @ParameterizedTest
    @CsvSource({
        "13055550123, 0, 13055550190", // 1305555019… is as near as 1305555018…: seven digits after the plus
        "13055550123, 1, 13055550191",
        "13054440123, 0, 13055550190",
        "12125559999, 0, 12125550100",
        "14165550123, 0, 13055550190", // no area code in common: any of +1, in turn
        "14165550123, 2, 12125550100",
        "4930901820,  0, 493055555",
        "498912345,   0, 493055555",
        "442079460018, 0, 18005550100", // +44 has 4 in common with +49, which is no common country
        "33142685300, 0, 18005550100"
    })
    void shouldChooseTheNumberWithMostDigitsInCommon(long callee, long turn, long chosen) {
        CallerIdPlan plan = plan(Choice.LOCAL, "+13055550190..+13055550191", "+12125550100", "+493055555");

        assertThat(plan.choose(callee, turn)).isEqualTo(chosen);
    }

    /** Against counting the common digits of each number. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_129})
    void shouldNeverChooseALessLocalNumberThanThereIs(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            long base = 4_930_000_000L + random.nextInt(1_000_000);
            List<NumberRange> ranges = List.of(
                    new NumberRange(base, base + random.nextInt(300)),
                    new NumberRange(49_891_000L + random.nextInt(1_000), 49_892_500L),
                    new NumberRange(13_055_550_100L, 13_055_550_100L));
            long callee = random.nextBoolean()
                    ? 4_930_000_000L + random.nextInt(1_100_000)
                    : 498_910_000L + random.nextInt(99_999);
            TreeMap<Integer, Long> best = new TreeMap<>();
            for (NumberRange range : ranges) {
                for (long number = range.first(); number <= range.last(); number++) {
                    if (number != callee) {
                        best.put(common(number, callee), number);
                    }
                }
            }
            long chosen = new CallerIdPlan(Choice.LOCAL, OWN, ranges).choose(callee, random.nextInt(1_000));

            assertThat(common(chosen, callee))
                    .as("seed %d, callee %d, chosen %d", seed, callee, chosen)
                    .isEqualTo(best.lastKey());
            assertThat(chosen).isNotEqualTo(callee);
        }
    }

    private static int common(long one, long other) {
        String a = Long.toString(one);
        String b = Long.toString(other);
        int length = 0;
        while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
            length++;
        }
        return length;
    }
}
