package org.paceline.bench.pacing.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttendanceTest {
    private static final long HOUR = CommonDay.HOUR_MILLIS;
    private static final long MINUTE = HOUR / 60;

    @Test
    void shouldTellHowMuchOfAnHourWasWorked() {
        Attendance attendance = new Attendance();
        attendance.talk("alice", 10 * HOUR + 50 * MINUTE, 11 * HOUR + 5 * MINUTE);
        attendance.talk("bob", 10 * HOUR + 55 * MINUTE, 11 * HOUR);

        assertThat(attendance.hours())
                .containsEntry(10L, new Attendance.Hour(15 * MINUTE, 10 * HOUR + 50 * MINUTE, 11 * HOUR))
                .containsEntry(11L, new Attendance.Hour(5 * MINUTE, 11 * HOUR, 11 * HOUR + 5 * MINUTE))
                .hasSize(2);
        assertThat(attendance.hours().values())
                .extracting(Attendance.Hour::workedMillis)
                .containsExactlyInAnyOrder(10 * MINUTE, 5 * MINUTE);
    }

    @Test
    void shouldTakeAnAgentWithoutATalkForLongForAway() {
        Attendance attendance = new Attendance();
        attendance.talk("alice", 10 * HOUR, 10 * HOUR + MINUTE);
        attendance.talk("alice", 10 * HOUR + 20 * MINUTE, 10 * HOUR + 21 * MINUTE);
        attendance.talk("alice", 13 * HOUR, 13 * HOUR + MINUTE);

        assertThat(attendance.hours())
                .containsEntry(10L, new Attendance.Hour(21 * MINUTE, 10 * HOUR, 10 * HOUR + 21 * MINUTE))
                .containsOnlyKeys(10L, 13L);
    }
}
