package org.paceline.rules.book;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.Explanation.Finding;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.calendar.CompiledHours;
import org.paceline.rules.calendar.CompiledHours.Stretch;
import org.paceline.rules.calendar.HolidayTerms;
import org.paceline.rules.calendar.Openness;

/**
 * The calling hours of one policy or campaign: all of {@code window.*}.
 *
 * <p>Thread: any.
 */
final class HoursRule {
    private final String source;
    private final CompiledHours hours;

    HoursRule(String source, CallingHours hours) {
        this.source = source;
        this.hours = new CompiledHours(hours);
    }

    Stretch at(ZoneId zone, long epochMillis) {
        return hours.at(zone, epochMillis);
    }

    /** Returns the refusal at a moment that is closed in one of the zones, or null where it is open in all. */
    @Nullable
    Refused judge(List<ZoneId> zones, long epochMillis) {
        for (ZoneId zone : zones) {
            Stretch stretch = hours.at(zone, epochMillis);
            if (stretch.openness() != Openness.OPEN) {
                return refused(zone, stretch, hours.nextOpen(zones, epochMillis));
            }
        }
        return null;
    }

    private Refused refused(ZoneId zone, Stretch closed, long retryAtEpochMillis) {
        CallingHours terms = hours.hours();
        String where = " in " + zone.getId();
        DayOfWeek weekday = hours.weekday(closed.date());
        HolidayTerms holidays = terms.holidays();
        String citation = switch (closed.openness()) {
            case HOLIDAY -> holidays == null ? terms.citation() : holidays.citation();
            case QUIET -> terms.quietCitation();
            case OUTSIDE_DAY, BETWEEN_SESSIONS, OPEN -> terms.citation();
        };
        String reason = switch (closed.openness()) {
            case OUTSIDE_DAY, BETWEEN_SESSIONS -> {
                String windows = terms.windowsText(weekday);
                String day = weekday.name().charAt(0)
                        + weekday.name().substring(1, 3).toLowerCase(java.util.Locale.ROOT);
                yield windows.equals("closed")
                        ? "no calls on " + day + where
                        : "only " + windows + " on " + day + where;
            }
            case QUIET -> "quiet " + terms.quietFigure() + where;
            case HOLIDAY -> holidayReason(closed.date()) + where;
            case OPEN -> throw new IllegalStateException("openness=OPEN: nothing to refuse");
        };
        return new Refused(id(closed.openness()), reason, citation, retryAtEpochMillis);
    }

    private static RuleId id(Openness closed) {
        return switch (closed) {
            case OUTSIDE_DAY -> RuleId.WINDOW_WORKDAY;
            case BETWEEN_SESSIONS -> RuleId.WINDOW_SESSION;
            case QUIET -> RuleId.WINDOW_QUIET;
            case HOLIDAY -> RuleId.WINDOW_HOLIDAY;
            case OPEN -> throw new IllegalArgumentException("openness=OPEN: no rule refuses");
        };
    }

    private String holidayReason(LocalDate date) {
        String name = hours.holiday(date);
        return "no calls on " + date + (name == null || name.equals("holiday") ? " (holiday)" : " (" + name + ")");
    }

    /** Returns one finding for each kind of window that these hours have. */
    List<Finding> findings(List<ZoneId> zones, long epochMillis) {
        Refused refusal = judge(zones, epochMillis);
        CallingHours terms = hours.hours();
        List<Finding> findings = new ArrayList<>();
        RuleId daily = refusal != null && refusal.rule() == RuleId.WINDOW_SESSION
                ? RuleId.WINDOW_SESSION
                : RuleId.WINDOW_WORKDAY;
        findings.add(finding(daily, terms.figure(), terms.citation(), zones, refusal));
        if (!terms.quiet().isEmpty()) {
            findings.add(
                    finding(RuleId.WINDOW_QUIET, "not " + terms.quietFigure(), terms.quietCitation(), zones, refusal));
        }
        HolidayTerms holidays = terms.holidays();
        if (holidays != null) {
            findings.add(finding(RuleId.WINDOW_HOLIDAY, holidays.figure(), holidays.citation(), zones, refusal));
        }
        return findings;
    }

    private Finding finding(RuleId id, String figure, String citation, List<ZoneId> zones, @Nullable Refused refusal) {
        boolean refusedByThis = refusal != null && refusal.rule() == id;
        return new Finding(id, source, figure, citation, zones, refusedByThis ? refusal : null);
    }
}
