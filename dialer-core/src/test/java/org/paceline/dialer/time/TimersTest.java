package org.paceline.dialer.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final long MS = 1_000_000;

    private final Timers timers = new Timers(-5 * MS);
    private final List<String> expired = new ArrayList<>();

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
}
