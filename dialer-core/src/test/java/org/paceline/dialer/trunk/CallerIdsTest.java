package org.paceline.dialer.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

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
                .containsExactly(new CallerIdHealth(FIRST, 1, 1, 0, 0), new CallerIdHealth(FIRST + 1, 2, 0, 2, 6_000));
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

        assertThat(before).containsExactly(new CallerIdHealth(FIRST, 1, 0, 0, 0));
        assertThat(ids.all()).containsExactly(new CallerIdHealth(FIRST, 2, 1, 0, 0));
    }
}
