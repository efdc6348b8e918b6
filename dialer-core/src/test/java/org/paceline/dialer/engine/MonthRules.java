package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.paceline.rules.PhoneNumber;

/**
 * What the rules catalogue says of the simulated month's five campaigns and of a budget, written once more by hand: no policy file, no rule
 * book and no engine is asked. It hears of each dial as it happens and keeps its own history.
 */
final class MonthRules {
    /** Of the French campaign and month, in London; less than its calls would cost. */
    static final String FRENCH_BUDGET = "30";

    private static final long FRENCH_BUDGET_MICROS = 30_000_000;
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;

    /** Working days of the State Council's calendar of autumn 2026 that fall on weekends, and its days off. */
    private static final Set<LocalDate> CHINA_WORKS = Set.of(LocalDate.of(2026, 9, 20), LocalDate.of(2026, 10, 10));

    private static final Set<LocalDate> FRANCE_OFF = Set.of(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 11));

    private final Map<Long, List<Long>> attempts = new HashMap<>();
    private final Map<Long, Long> talked = new HashMap<>();
    private final Map<Long, Long> abandoned = new HashMap<>();
    private final Map<Long, Long> optedOut = new HashMap<>();
    private final Map<String, Long> perCampaign = new HashMap<>();
    private final Map<YearMonth, Long> paidForFrance = new HashMap<>();
    private final Map<Long, FrenchCall> frenchCalls = new HashMap<>();
    private long dials;

    private record FrenchCall(YearMonth month, long price) {}

    /** One dial leaves: every rule that binds its campaign must permit it. */
    void dialled(String campaign, PhoneNumber number, long atEpochMillis, boolean agentReserved) {
        List<Long> earlier = attempts.computeIfAbsent(number.e164(), _ -> new ArrayList<>());
        String what =
                campaign + " " + number.masked() + " " + number.zones() + " at " + Instant.ofEpochMilli(atEpochMillis);
        assertThat(number.zones()).as(what).isNotEmpty();
        for (ZoneId zone : number.zones()) {
            ZonedDateTime local = Instant.ofEpochMilli(atEpochMillis).atZone(zone);
            assertThat(isOpen(campaign, number, local.toLocalDate(), local.toLocalTime()))
                    .as(what)
                    .isTrue();
        }
        assertThat(optedOut.getOrDefault(number.e164(), Long.MAX_VALUE))
                .as("opted out before: " + what)
                .isGreaterThan(dials);
        switch (campaign) {
            case "us" -> {
                assertThat(within(earlier, atEpochMillis, DAY)).as(what).isLessThan(isOfFlorida(number) ? 3 : 1_000);
            }
            case "debts" -> {
                assertThat(within(earlier, atEpochMillis, 7 * DAY)).as(what).isLessThan(7);
                assertThat(atEpochMillis - talked.getOrDefault(number.e164(), Long.MIN_VALUE / 2))
                        .as("talked: " + what)
                        .isGreaterThanOrEqualTo(7 * DAY);
            }
            case "fr" -> {
                assertThat(within(earlier, atEpochMillis, 30 * DAY)).as(what).isLessThan(4);
                payForFrance(number, atEpochMillis, what);
            }
            case "uk" -> {
                long last = abandoned.getOrDefault(number.e164(), Long.MIN_VALUE / 2);
                assertThat(agentReserved || atEpochMillis - last >= 72 * HOUR)
                        .as("no redial: " + what)
                        .isTrue();
            }
            case "cn" -> {
                assertThat(within(earlier, atEpochMillis, 30 * 60_000L))
                        .as(what)
                        .isZero();
                assertThat(onDayOf(earlier, number, atEpochMillis)).as(what).isLessThan(3);
            }
            default -> throw new AssertionError(campaign);
        }
        earlier.add(atEpochMillis);
        perCampaign.merge(campaign, 1L, Long::sum);
        dials++;
    }

    /** Two minutes are reserved; the reservation and all that was paid before must be within the month's budget. */
    private void payForFrance(PhoneNumber number, long atEpochMillis, String what) {
        YearMonth month = YearMonth.from(Instant.ofEpochMilli(atEpochMillis).atZone(ZoneId.of("Europe/London")));
        long price = frenchCost(number.e164(), 120_000);
        long paid = paidForFrance.merge(month, price, Long::sum);
        assertThat(paid).as("over budget: " + what).isLessThanOrEqualTo(FRENCH_BUDGET_MICROS);
        frenchCalls.put(number.e164(), new FrenchCall(month, price));
    }

    /** Mobiles: 0.05 and 0.10 a minute, by 60 and 6 seconds; others: 0.02 a minute, by the second. */
    private static long frenchCost(long e164, long answeredMillis) {
        long seconds = Math.max(1, (answeredMillis + 999) / 1_000);
        if (Long.toString(e164).startsWith("336")) {
            long charged = seconds <= 60 ? 60 : 60 + (seconds - 60 + 5) / 6 * 6;
            return 50_000 + (100_000 * charged + 59) / 60;
        }
        return (20_000 * seconds + 59) / 60;
    }

    /** @param answeredMillis from the answer to the end; less than 0 where nobody answered, which is free */
    void ended(long e164, long answeredMillis) {
        FrenchCall call = frenchCalls.remove(e164);
        if (call != null) {
            long cost = answeredMillis < 0 ? 0 : frenchCost(e164, answeredMillis);
            paidForFrance.merge(call.month, cost - call.price, Long::sum);
        }
    }

    /** What was reserved counts as paid. */
    void interrupted(long e164) {
        frenchCalls.remove(e164);
    }

    void talked(long e164, long atEpochMillis) {
        talked.put(e164, atEpochMillis);
    }

    void abandoned(long e164, long atEpochMillis) {
        abandoned.put(e164, atEpochMillis);
    }

    /** From the next dial on. */
    void optedOut(long e164) {
        optedOut.putIfAbsent(e164, dials);
    }

    /** Every campaign dialled, so that nothing was proved of silence. */
    Map<String, Long> finish() {
        assertThat(perCampaign.keySet()).containsExactlyInAnyOrder("us", "debts", "fr", "uk", "cn");
        assertThat(optedOut).isNotEmpty();
        assertThat(abandoned).isNotEmpty();
        assertThat(paidForFrance.values())
                .as("the budget was used up")
                .anyMatch(paid -> paid > 0.99 * FRENCH_BUDGET_MICROS);
        return perCampaign;
    }

    private static boolean isOpen(String campaign, PhoneNumber number, LocalDate day, LocalTime time) {
        DayOfWeek weekday = day.getDayOfWeek();
        boolean weekend = weekday == DayOfWeek.SATURDAY || weekday == DayOfWeek.SUNDAY;
        return switch (campaign) {
            case "us" -> between(time, 8, isOfFlorida(number) ? 20 : 21);
            case "debts" -> between(time, 8, 21);
            case "uk" -> weekday == DayOfWeek.SUNDAY ? between(time, 9, 20) : between(time, 8, 21);
            case "fr" -> !weekend && !FRANCE_OFF.contains(day) && (between(time, 10, 13) || between(time, 14, 20));
            case "cn" ->
                (CHINA_WORKS.contains(day) || (!weekend && !chinaIsOff(day)))
                        && (between(time, LocalTime.of(9, 10), LocalTime.of(12, 0))
                                || between(time, LocalTime.of(13, 50), LocalTime.of(17, 30)));
            default -> throw new AssertionError(campaign);
        };
    }

    /** Or may be: a toll-free number does not tell. */
    private static boolean isOfFlorida(PhoneNumber number) {
        return number.text().startsWith("+1305") || number.text().startsWith("+1800");
    }

    private static boolean chinaIsOff(LocalDate day) {
        boolean isMidAutumn = !day.isBefore(LocalDate.of(2026, 9, 25)) && !day.isAfter(LocalDate.of(2026, 9, 27));
        boolean isNationalDay = !day.isBefore(LocalDate.of(2026, 10, 1)) && !day.isAfter(LocalDate.of(2026, 10, 7));
        return isMidAutumn || isNationalDay;
    }

    private static boolean between(LocalTime time, int fromHour, int untilHour) {
        return between(time, LocalTime.of(fromHour, 0), LocalTime.of(untilHour, 0));
    }

    private static boolean between(LocalTime time, LocalTime from, LocalTime until) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    /** Attempts less than so long ago; those that a stepped clock puts into the future count. */
    private static long within(List<Long> attempts, long now, long millis) {
        return attempts.stream().filter(at -> now - at < millis).count();
    }

    private static long onDayOf(List<Long> attempts, PhoneNumber number, long now) {
        ZoneId zone = number.zones().getFirst();
        LocalDate today = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
        return attempts.stream()
                .filter(at ->
                        Instant.ofEpochMilli(at).atZone(zone).toLocalDate().equals(today))
                .count();
    }
}
