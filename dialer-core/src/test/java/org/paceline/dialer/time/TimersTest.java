package org.paceline.dialer.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {
    private static final long MS = 1_000_000;

    private static final long SEED = 5;

    private final Timers timers = new Timers(-5 * MS);
    private final List<String> expired = new ArrayList<>();
    private long clock;
    private long earliest = Long.MAX_VALUE;

    @Test
    void shouldExpireWhenDueAndNotBefore() {
        timers.schedule(20 * MS, () -> expired.add("a"));
        timers.advance(19 * MS);
        assertThat(expired).isEmpty();
        timers.advance(20 * MS);
        assertThat(expired).containsExactly("a");
    }

    @Test
    void shouldExpireAllThatALongJumpPassesInOrder() {
        timers.schedule(30_000 * MS, () -> expired.add("late"));
        timers.schedule(10 * MS, () -> expired.add("early"));
        timers.advance(60_000 * MS);
        assertThat(expired).containsExactly("early", "late");
    }

    @Test
    void shouldNotExpireWhatWasCancelled() {
        long timer = timers.schedule(10 * MS, () -> expired.add("a"));
        timers.cancel(timer);
        timers.cancel(timer);
        timers.cancel(Timers.NONE);
        timers.advance(100 * MS);
        assertThat(expired).isEmpty();
    }

    @Test
    void shouldTakeTimersMadeWhileExpiring() {
        timers.schedule(10 * MS, () -> timers.schedule(12 * MS, () -> expired.add("second")));
        timers.advance(11 * MS);
        timers.advance(13 * MS);
        assertThat(expired).containsExactly("second");
    }

    @Test
    void shouldBeRightAfterLongIdleTime() {
        timers.advance(3_600_000 * MS);
        timers.schedule(3_600_010 * MS, () -> expired.add("a"));
        timers.advance(3_600_009 * MS);
        assertThat(expired).isEmpty();
        timers.advance(3_600_010 * MS);
        assertThat(expired).containsExactly("a");
    }

    /** Few timers and many, quiet times and busy ones: none early, none late by more than a tick. */
    @ParameterizedTest
    @ValueSource(ints = {3, 200})
    void shouldExpireEachInItsTickHoweverTimePasses(int atOnce) {
        Random random = new Random(SEED);
        List<Long> due = new ArrayList<>();
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            if (due.size() < atOnce) {
                long deadline = now + (long) (random.nextDouble() * random.nextInt(1, 8_000) * MS);
                due.add(deadline);
                timers.schedule(deadline, () -> {
                    due.remove(deadline);
                    earliest = Math.min(earliest, clock - deadline);
                });
            }
            now += (long) (random.nextDouble() * (random.nextInt(50) == 0 ? 3_000 : 20) * MS);
            clock = now;
            timers.advance(now);
            long oldest = now - 2 * MS;
            assertThat(due).as("seed=%s step=%s", SEED, step).allMatch(deadline -> deadline > oldest);
        }
        assertThat(earliest).as("none before its time").isNotNegative().isLessThan(Long.MAX_VALUE);
    }
}
