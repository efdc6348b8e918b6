package org.paceline.rules.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.YamlFile;
import org.paceline.yaml.YamlMap;

class CompiledHoursTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    @Test
    void shouldOpenAndCloseAtTheWindowsEdges() {
        CompiledHours hours = hours("mon-sun: [08:00-21:00]");
        assertClosed(hours, NEW_YORK, "2026-11-21T12:59:59.999Z", Openness.OUTSIDE_DAY, "2026-11-21T13:00:00Z");
        assertOpen(hours, NEW_YORK, "2026-11-21T13:00:00Z");
        assertOpen(hours, NEW_YORK, "2026-11-22T01:59:59.999Z");
        assertClosed(hours, NEW_YORK, "2026-11-22T02:00:00Z", Openness.OUTSIDE_DAY, "2026-11-22T13:00:00Z");
    }

    @Test
    void shouldKeepHalfHourZones() {
        CompiledHours hours = hours("mon-sun: [09:00-20:00]");
        assertClosed(
                hours,
                ZoneId.of("Australia/Adelaide"),
                "2026-06-01T23:29:00Z",
                Openness.OUTSIDE_DAY,
                "2026-06-01T23:30:00Z");
        assertOpen(hours, ZoneId.of("Asia/Kathmandu"), "2026-06-01T03:15:00Z");
        assertClosed(
                hours,
                ZoneId.of("Asia/Kathmandu"),
                "2026-06-01T03:14:59Z",
                Openness.OUTSIDE_DAY,
                "2026-06-01T03:15:00Z");
    }

    @Test
    void shouldSkipWhatTheSpringChangeSkips() {
        // 2026-03-08, New York: 02:00 becomes 03:00. A window from 02:30 opens at 03:00, as 02:30 does not come.
        CompiledHours hours = hours("sun: [02:30-04:00]");
        assertClosed(hours, NEW_YORK, "2026-03-08T06:59:59Z", Openness.OUTSIDE_DAY, "2026-03-08T07:00:00Z");
        assertOpen(hours, NEW_YORK, "2026-03-08T07:00:00Z");
        assertClosed(hours, NEW_YORK, "2026-03-08T08:00:00Z", Openness.OUTSIDE_DAY, "2026-03-15T06:30:00Z");
        // A window that lies in the gap does not come at all that day.
        CompiledHours gap = hours("sun: [02:15-02:45]");
        assertClosed(gap, NEW_YORK, "2026-03-08T05:00:00Z", Openness.OUTSIDE_DAY, "2026-03-15T06:15:00Z");
    }

    @Test
    void shouldHoldInBothPassesOfARepeatedHour() {
        // 2026-10-25, London: 02:00 becomes 01:00. 01:00-01:30 is open twice, 01:30-02:00 closed between.
        CompiledHours hours = hours("sun: [00:30-01:30]");
        assertOpen(hours, LONDON, "2026-10-25T00:29:59Z");
        assertClosed(hours, LONDON, "2026-10-25T00:30:00Z", Openness.OUTSIDE_DAY, "2026-10-25T01:00:00Z");
        assertOpen(hours, LONDON, "2026-10-25T01:29:59Z");
        assertClosed(hours, LONDON, "2026-10-25T01:30:00Z", Openness.OUTSIDE_DAY, "2026-11-01T00:30:00Z");
    }

    @Test
    void shouldFollowLordHoweByHalfAnHour() {
        // 2026-10-04: 02:00 (+10:30) becomes 02:30 (+11).
        CompiledHours hours = hours("mon-sun: [08:00-20:00]");
        assertClosed(hours, LORD_HOWE, "2026-10-02T21:29:00Z", Openness.OUTSIDE_DAY, "2026-10-02T21:30:00Z");
        assertClosed(hours, LORD_HOWE, "2026-10-03T20:59:00Z", Openness.OUTSIDE_DAY, "2026-10-03T21:00:00Z");
        // 2026-04-05: 02:00 (+11) becomes 01:30 (+10:30).
        CompiledHours night = hours("sun: [01:45-01:50]");
        assertOpen(night, LORD_HOWE, "2026-04-04T14:45:00Z");
        assertClosed(night, LORD_HOWE, "2026-04-04T14:50:00Z", Openness.OUTSIDE_DAY, "2026-04-04T15:15:00Z");
        assertOpen(night, LORD_HOWE, "2026-04-04T15:15:00Z");
    }

    @Test
    void shouldCarryAWindowAcrossMidnight() {
        CompiledHours hours = hours("fri: [22:00-02:00]");
        assertOpen(hours, LONDON, "2026-01-09T22:00:00Z");
        assertOpen(hours, LONDON, "2026-01-10T01:59:59Z");
        assertClosed(hours, LONDON, "2026-01-10T02:00:00Z", Openness.OUTSIDE_DAY, "2026-01-16T22:00:00Z");
    }

    @Test
    void shouldCloseBothSidesOfMidnightOnAHoliday() {
        CompiledHours hours = hours("fri: [22:00-02:00]", "holidays: {added: [2026-01-09, 2026-01-17]}");
        assertClosed(hours, LONDON, "2026-01-09T23:00:00Z", Openness.HOLIDAY, "2026-01-16T22:00:00Z");
        assertClosed(hours, LONDON, "2026-01-10T01:00:00Z", Openness.OUTSIDE_DAY, "2026-01-16T22:00:00Z");
        assertOpen(hours, LONDON, "2026-01-16T23:59:59Z");
        assertClosed(hours, LONDON, "2026-01-17T00:00:00Z", Openness.HOLIDAY, "2026-01-23T22:00:00Z");
    }

    @Test
    void shouldKnowLeapDays() {
        CompiledHours hours = hours("mon-sun: [08:00-20:00]", "holidays: {added: [02-29]}");
        assertClosed(hours, LONDON, "2028-02-29T12:00:00Z", Openness.HOLIDAY, "2028-03-01T08:00:00Z");
        assertOpen(hours, LONDON, "2027-03-01T12:00:00Z");
        assertOpen(hours, LONDON, "2027-02-28T12:00:00Z");
    }

    @Test
    void shouldTellSessionsFirstDialAndQuietApart() {
        CompiledHours hours = hours(
                "mon-fri: [{window: 09:00-12:00, first-dial: 09:10}, {window: 13:30-17:30, first-dial: 13:50}]",
                "  quiet: [12:00-13:00]");
        assertClosed(hours, SHANGHAI, "2026-11-23T00:59:00Z", Openness.OUTSIDE_DAY, "2026-11-23T01:10:00Z");
        assertClosed(hours, SHANGHAI, "2026-11-23T01:00:00Z", Openness.BETWEEN_SESSIONS, "2026-11-23T01:10:00Z");
        assertOpen(hours, SHANGHAI, "2026-11-23T01:10:00Z");
        assertClosed(hours, SHANGHAI, "2026-11-23T04:00:00Z", Openness.QUIET, "2026-11-23T05:50:00Z");
        assertClosed(hours, SHANGHAI, "2026-11-23T05:00:00Z", Openness.BETWEEN_SESSIONS, "2026-11-23T05:50:00Z");
        assertOpen(hours, SHANGHAI, "2026-11-23T09:29:59Z");
        assertClosed(hours, SHANGHAI, "2026-11-27T09:30:00Z", Openness.OUTSIDE_DAY, "2026-11-30T01:10:00Z");
    }

    @Test
    void shouldKnowNationalHolidays() {
        CompiledHours hours = hours("mon-fri: [10:00-13:00, 14:00-20:00]", "holidays: {calendar: fr}");
        assertClosed(hours, PARIS, "2026-07-14T09:00:00Z", Openness.HOLIDAY, "2026-07-15T08:00:00Z");
        assertClosed(hours, PARIS, "2026-04-06T09:00:00Z", Openness.HOLIDAY, "2026-04-07T08:00:00Z");
        assertThat(hours.holiday(java.time.LocalDate.of(2026, 7, 14))).isNotNull();
        CompiledHours removed = hours("mon-fri: [10:00-20:00]", "holidays: {calendar: fr, removed: [07-14]}");
        assertOpen(removed, PARIS, "2026-07-14T09:00:00Z");
    }

    @Test
    void shouldWorkOnAMakeUpDay() {
        CompiledHours hours =
                hours("mon-fri: [09:00-18:00]", "holidays: {added: [2026-02-15..2026-02-23], working: [2026-02-14]}");
        assertOpen(hours, SHANGHAI, "2026-02-14T02:00:00Z");
        assertClosed(hours, SHANGHAI, "2026-02-14T10:00:00Z", Openness.OUTSIDE_DAY, "2026-02-24T01:00:00Z");
        assertClosed(hours, SHANGHAI, "2026-02-21T02:00:00Z", Openness.HOLIDAY, "2026-02-24T01:00:00Z");
    }

    @Test
    void shouldOpenOnlyWhenAllZonesAre() {
        CompiledHours hours = hours("mon-sun: [08:00-21:00]");
        List<ZoneId> zones = List.of(NEW_YORK, ZoneId.of("Pacific/Honolulu"), ZoneId.of("America/Chicago"));
        assertThat(nextOpen(hours, zones, "2026-11-21T13:00:00Z")).isEqualTo("2026-11-21T18:00:00Z");
        assertThat(nextOpen(hours, zones, "2026-11-22T01:59:59Z")).isEqualTo("2026-11-22T01:59:59Z");
        assertThat(nextOpen(hours, zones, "2026-11-22T02:00:00Z")).isEqualTo("2026-11-22T18:00:00Z");
    }

    @Test
    void shouldNeverOpenWhereZonesNeverAgree() {
        CompiledHours hours = hours("mon-sun: [08:00-12:00]");
        List<ZoneId> zones = List.of(LONDON, ZoneId.of("Pacific/Auckland"));
        assertThat(hours.nextOpen(zones, 0)).isEqualTo(CompiledHours.NEVER);
    }

    @Test
    void shouldWriteTheWeekInOneLine() {
        assertThat(hours("mon-fri: [10:00-13:00, 14:00-20:00]\n    sat: [{window: 09:00-12:00, first-dial: 09:10}]")
                        .hours()
                        .figure())
                .isEqualTo("mon-fri 10:00-13:00 14:00-20:00, sat 09:00-12:00 (dialling from 09:10), sun closed");
    }

    private static CompiledHours hours(String days, String... more) {
        String yaml = "hours:\n  days:\n    " + days + "\n" + String.join("\n", more) + "\n";
        ConfigProblems problems = new ConfigProblems();
        YamlMap root = YamlFile.parse("hours.yaml", yaml, problems);
        CallingHours hours = CallingHoursReader.read(root, Citations.of(List.of(root), "test"));
        problems.throwIfAny();
        return new CompiledHours(Objects.requireNonNull(hours));
    }

    private static void assertOpen(CompiledHours hours, ZoneId zone, String at) {
        assertThat(hours.at(zone, millis(at)).openness()).as(at).isEqualTo(Openness.OPEN);
        assertThat(hours.nextOpen(List.of(zone), millis(at))).isEqualTo(millis(at));
    }

    private static void assertClosed(CompiledHours hours, ZoneId zone, String at, Openness openness, String nextOpen) {
        assertThat(hours.at(zone, millis(at)).openness()).as(at).isEqualTo(openness);
        assertThat(nextOpen(hours, List.of(zone), at)).as(at).isEqualTo(nextOpen);
    }

    private static String nextOpen(CompiledHours hours, List<ZoneId> zones, String from) {
        return Instant.ofEpochMilli(hours.nextOpen(zones, millis(from))).toString();
    }

    private static long millis(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
