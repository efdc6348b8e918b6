package org.paceline.rules.book;

import de.focus_shift.jollyday.core.CalendarHierarchy;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.DialRequest;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.NumberKind;
import org.paceline.rules.OptOut;
import org.paceline.rules.ScriptState;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.calendar.DateSpan;
import org.paceline.rules.calendar.DayWindow;
import org.paceline.rules.calendar.HolidayTerms;
import org.paceline.rules.policy.Cap;
import org.paceline.rules.policy.Policy;

/**
 * Judges as the catalogue reads, moment by moment and without a thought to speed. It knows only policies and moments: from
 * when a rule permits is found by asking it again and again.
 */
final class ReferenceJudge {
    private static final long STEP_MILLIS = Duration.ofMinutes(5).toMillis();
    private static final long SEARCH_MILLIS = Duration.ofDays(400).toMillis();
    private static final long NEVER = Long.MAX_VALUE;

    private final List<Policy> policies;
    private final long budgetMicros;
    private final boolean isRecorded;
    private final boolean hasNotice;
    private final Map<Policy, Map<LocalDate, Boolean>> holidays = new HashMap<>();

    /**
     * The campaign may call anywhere; it records, or a policy makes it, and tells who is recorded, or does not.
     *
     * @param budgetMicros of the campaign and month, in UTC; {@link Long#MAX_VALUE} for none
     */
    ReferenceJudge(List<Policy> policies, long budgetMicros, boolean isRecorded, boolean hasNotice) {
        this.policies = policies;
        this.budgetMicros = budgetMicros;
        this.isRecorded = isRecorded;
        this.hasNotice = hasNotice;
    }

    /** @param family the rule's id up to its dot, as one policy's hours are one rule to the reference */
    record Opinion(String family, long retryAtEpochMillis) {}

    /** All refusals; empty where the dial is permitted. */
    List<Opinion> refusals(DialRequest request) {
        List<Opinion> refusals = new ArrayList<>();
        List<Policy> binding = policies.stream()
                .filter(policy ->
                        policy.appliesTo() == null || isIn(policy.appliesTo().toString(), request))
                .toList();
        if (binding.isEmpty()) {
            refusals.add(new Opinion("policy", NEVER));
        }
        boolean isTapped = isRecorded
                || binding.stream().anyMatch(policy -> policy.duties().recording() != null);
        boolean isToBeTold = binding.stream().anyMatch(policy -> policy.duties().recordingNotice() != null);
        if (isTapped && isToBeTold && !hasNotice) {
            refusals.add(new Opinion("record", NEVER));
        }
        for (Policy policy : binding) {
            refusals.addAll(duties(policy.duties(), request));
            CallingHours hours = policy.hours();
            if (hours != null && !isOpen(policy, hours, request.number().zones(), request.atEpochMillis())) {
                refusals.add(new Opinion("window", nextOpen(policy, hours, request)));
            }
            for (Cap cap : policy.caps()) {
                Opinion refusal = judge(cap, request);
                if (refusal != null) {
                    refusals.add(refusal);
                }
            }
        }
        if (request.optOut() != null
                && request.atEpochMillis() < request.optOut().untilEpochMillis()) {
            String family = request.optOut().kind() == OptOut.Kind.COMPLAINT ? "complaint" : "optout";
            refusals.add(new Opinion(family, request.optOut().untilEpochMillis()));
        }
        Opinion overBudget = judge(request.budget(), request.atEpochMillis());
        if (overBudget != null) {
            refusals.add(overBudget);
        }
        return refusals;
    }

    private @Nullable Opinion judge(BudgetFacts facts, long at) {
        if (budgetMicros == Long.MAX_VALUE) {
            return null;
        }
        if (facts.priceMicros() < 0) {
            return new Opinion("budget", NEVER);
        }
        if (facts.spentMicros() + facts.priceMicros() > budgetMicros) {
            YearMonth month = YearMonth.from(Instant.ofEpochMilli(at).atOffset(ZoneOffset.UTC));
            return new Opinion(
                    "budget",
                    month.plusMonths(1)
                            .atDay(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli());
        }
        return facts.spentMicros() + facts.reservedMicros() + facts.priceMicros() > budgetMicros
                ? new Opinion("budget", at + 30_000)
                : null;
    }

    private static final Map<String, String> CALLING_CODES = Map.ofEntries(
            Map.entry("us", "1"),
            Map.entry("pr", "1"),
            Map.entry("vi", "1"),
            Map.entry("gu", "1"),
            Map.entry("as", "1"),
            Map.entry("mp", "1"),
            Map.entry("ca", "1"),
            Map.entry("gb", "44"),
            Map.entry("gg", "44"),
            Map.entry("im", "44"),
            Map.entry("je", "44"),
            Map.entry("fr", "33"),
            Map.entry("gp", "590"),
            Map.entry("mq", "596"),
            Map.entry("gf", "594"),
            Map.entry("re", "262"),
            Map.entry("yt", "262"),
            Map.entry("de", "49"),
            Map.entry("it", "39"),
            Map.entry("au", "61"),
            Map.entry("cx", "61"),
            Map.entry("cc", "61"));

    /** Whether the number is, or may be, where the territory says: {@code us}, {@code us (305, 786)}, {@code fr gp}. */
    private static boolean isIn(String territory, DialRequest request) {
        String digits = "" + request.number().e164();
        List<String> countries = List.of(territory.replaceAll(" \\(.*", "").split(" "));
        if (request.number().kind() == NumberKind.TOLL_FREE) {
            return countries.stream().anyMatch(country -> digits.startsWith(CALLING_CODES.get(country)));
        }
        String country = request.number().region().toLowerCase(Locale.ROOT);
        boolean isElsewhere = territory.contains("(")
                && request.number().kind() != NumberKind.MOBILE
                && List.of(territory.replaceAll(".*\\(|\\)", "").split(", ")).stream()
                        .noneMatch(area -> digits.startsWith(CALLING_CODES.get(country) + area));
        return countries.contains(country) && !isElsewhere;
    }

    private static List<Opinion> duties(Policy.Duties duties, DialRequest request) {
        List<Opinion> refusals = new ArrayList<>();
        Policy.Consent consent = duties.consent();
        boolean isConsentDue = consent != null
                && request.number().zones().stream()
                        .anyMatch(zone -> !Instant.ofEpochMilli(request.atEpochMillis())
                                .atZone(zone)
                                .toLocalDate()
                                .isBefore(consent.from()));
        long since = request.lead().consentEpochMillis();
        if (isConsentDue && since == LeadFacts.NEVER) {
            refusals.add(new Opinion("consent", NEVER));
        } else if (isConsentDue && since > request.atEpochMillis()) {
            refusals.add(new Opinion("consent", since));
        }
        if (duties.leadName() != null && !request.lead().named()) {
            refusals.add(new Opinion("list", NEVER));
        }
        if (duties.script() != null && request.script() != ScriptState.APPROVED) {
            refusals.add(new Opinion("script", NEVER));
        }
        return refusals;
    }

    private long nextOpen(Policy policy, CallingHours hours, DialRequest request) {
        long at = request.atEpochMillis();
        for (long step = at - Math.floorMod(at, STEP_MILLIS); step <= at + SEARCH_MILLIS; step += STEP_MILLIS) {
            if (step >= at && isOpen(policy, hours, request.number().zones(), step)) {
                return step;
            }
        }
        return NEVER;
    }

    private boolean isOpen(Policy policy, CallingHours hours, List<ZoneId> zones, long epochMillis) {
        for (ZoneId zone : zones) {
            if (!isOpen(policy, hours, Instant.ofEpochMilli(epochMillis).atZone(zone))) {
                return false;
            }
        }
        return true;
    }

    private boolean isOpen(Policy policy, CallingHours hours, ZonedDateTime local) {
        LocalDate today = local.toLocalDate();
        LocalDate yesterday = today.minusDays(1);
        double minute = local.toLocalTime().toNanoOfDay() / 60e9;
        if (isHoliday(policy, hours, today)) {
            return false;
        }
        for (DayWindow quiet : hours.quiet()) {
            if (within(minute, quiet.fromMinute(), quiet.untilMinute())
                    || within(minute + 1440, quiet.fromMinute(), quiet.untilMinute())) {
                return false;
            }
        }
        for (DayWindow window : hours.windows(weekday(hours, today))) {
            if (within(minute, window.firstDialMinute(), window.untilMinute())) {
                return true;
            }
        }
        if (!isHoliday(policy, hours, yesterday)) {
            for (DayWindow window : hours.windows(weekday(hours, yesterday))) {
                if (within(minute + 1440, window.firstDialMinute(), window.untilMinute())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean within(double minute, int from, int until) {
        return minute >= from && minute < until;
    }

    private static DayOfWeek weekday(CallingHours hours, LocalDate date) {
        HolidayTerms terms = hours.holidays();
        return terms != null && contains(terms.working(), date) ? DayOfWeek.MONDAY : date.getDayOfWeek();
    }

    private boolean isHoliday(Policy policy, CallingHours hours, LocalDate date) {
        HolidayTerms terms = hours.holidays();
        return terms != null
                && holidays.computeIfAbsent(policy, _ -> new HashMap<>())
                        .computeIfAbsent(date, day -> isHoliday(terms, day));
    }

    private static boolean isHoliday(HolidayTerms terms, LocalDate date) {
        if (contains(terms.working(), date) || contains(terms.removed(), date)) {
            return false;
        }
        if (contains(terms.added(), date)) {
            return true;
        }
        if (terms.calendar() == null) {
            return false;
        }
        HolidayManager manager = HolidayManager.getInstance(ManagerParameters.create(terms.calendar()));
        return manager.isHoliday(date, HolidayType.PUBLIC_HOLIDAY)
                || (terms.subdivisions().equals(List.of("all"))
                        && isHolidayOfAPart(manager, manager.getCalendarHierarchy(), List.of(), date));
    }

    private static boolean isHolidayOfAPart(
            HolidayManager manager, CalendarHierarchy of, List<String> path, LocalDate date) {
        for (Map.Entry<String, CalendarHierarchy> child : of.getChildren().entrySet()) {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(child.getKey());
            if (manager.isHoliday(date, HolidayType.PUBLIC_HOLIDAY, deeper.toArray(String[]::new))
                    || isHolidayOfAPart(manager, child.getValue(), deeper, date)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(List<DateSpan> spans, LocalDate date) {
        return spans.stream().anyMatch(span -> span.contains(date));
    }

    private static @Nullable Opinion judge(Cap cap, DialRequest request) {
        return switch (cap) {
            case Cap.NumberDay day ->
                refusal("cap", request, midnights(request), at -> countOfDay(request, at) < day.atMost());
            case Cap.NumberRolling rolling -> {
                long period = rolling.period().toMillis();
                yield refusal(
                        "cap",
                        request,
                        attemptsLater(request, period),
                        at -> count(request, at - period) < rolling.atMost());
            }
            case Cap.NumberGap gap -> {
                long least = gap.least().toMillis();
                yield refusal("gap", request, attemptsLater(request, least), at -> count(request, at - least) == 0);
            }
            case Cap.NumberInCampaign number ->
                request.lead().attempts() < number.atMost() ? null : new Opinion("cap", NEVER);
            case Cap.CampaignDay day ->
                request.campaignAttemptsToday() < day.atMost()
                        ? null
                        : new Opinion("cap", nextUtcMidnight(request.atEpochMillis()));
            case Cap.GapAfter gap -> {
                long last = switch (gap.happening()) {
                    case CONVERSATION -> request.history().lastConversationEpochMillis();
                    case REFUSAL -> request.history().lastRefusedEpochMillis();
                    case ABANDONED_CALL, ABANDONED_CALL_UNLESS_RESERVED ->
                        request.history().lastAbandonedEpochMillis();
                };
                boolean isExempt = gap.happening() == Cap.GapAfter.Happening.ABANDONED_CALL_UNLESS_RESERVED
                        && request.agentReserved();
                long end = last == AttemptHistory.NEVER
                        ? Long.MIN_VALUE
                        : last + gap.least().toMillis();
                yield isExempt || request.atEpochMillis() >= end ? null : new Opinion("gap", end);
            }
            case Cap.AgentDay agent ->
                request.agentAttemptsToday() < agent.atMost()
                        ? null
                        : new Opinion("cap", nextUtcMidnight(request.atEpochMillis()));
        };
    }

    private static @Nullable Opinion refusal(
            String family, DialRequest request, SortedSet<Long> turningPoints, LongPredicate permits) {
        if (permits.test(request.atEpochMillis())) {
            return null;
        }
        for (long point : turningPoints.tailSet(request.atEpochMillis())) {
            if (permits.test(point)) {
                return new Opinion(family, point);
            }
        }
        throw new AssertionError("no end to a cap");
    }

    private static long countOfDay(DialRequest request, long at) {
        long most = 0;
        for (ZoneId zone : request.number().zones()) {
            LocalDate day = Instant.ofEpochMilli(at).atZone(zone).toLocalDate();
            most = Math.max(
                    most, count(request, day.atStartOfDay(zone).toInstant().toEpochMilli() - 1));
        }
        return most;
    }

    private static long count(DialRequest request, long afterEpochMillis) {
        long count = 0;
        for (int index = 0; index < request.history().size(); index++) {
            if (request.history().at(index) > afterEpochMillis) {
                count++;
            }
        }
        return count;
    }

    private static SortedSet<Long> midnights(DialRequest request) {
        SortedSet<Long> midnights = new TreeSet<>();
        for (ZoneId zone : request.number().zones()) {
            LocalDate today =
                    Instant.ofEpochMilli(request.atEpochMillis()).atZone(zone).toLocalDate();
            for (int days = 0; days < 4; days++) {
                midnights.add(today.plusDays(days)
                        .atTime(LocalTime.MIDNIGHT)
                        .atZone(zone)
                        .toInstant()
                        .toEpochMilli());
            }
        }
        return midnights;
    }

    private static SortedSet<Long> attemptsLater(DialRequest request, long millis) {
        SortedSet<Long> later = new TreeSet<>();
        for (int index = 0; index < request.history().size(); index++) {
            later.add(request.history().at(index) + millis);
        }
        return later;
    }

    private static long nextUtcMidnight(long at) {
        long day = Duration.ofDays(1).toMillis();
        return (Math.floorDiv(at, day) + 1) * day;
    }
}
