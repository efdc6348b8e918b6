package org.paceline.rules.book;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.Verdict.Refused;
import org.paceline.rules.calendar.CompiledHours.Stretch;

/**
 * The verdict of legal hours on one set of zones, remembered as long as it holds: it changes a few times a day, and is
 * asked for thousands of times a second.
 *
 * <p>Thread: any. The remembered span is immutable; threads that race at its end compute the same one twice.
 */
final class ZonesGate {
    private final List<ZoneId> zones;
    private final List<HoursRule> rules;
    private Span span = new Span(0, 0, 0, null);

    ZonesGate(List<ZoneId> zones, List<HoursRule> rules) {
        this.zones = zones;
        this.rules = rules;
    }

    /**
     * A time in which the verdict of all hours stays the same, in every zone.
     *
     * @param dayStartEpochMillis when today began in the zones; of several zones, the earliest start
     * @param refusal the refusal that is returned, or null where all hours permit
     */
    record Span(
            long fromEpochMillis,
            long untilEpochMillis,
            long dayStartEpochMillis,
            @Nullable Refused refusal) {

        boolean contains(long epochMillis) {
            return epochMillis >= fromEpochMillis && epochMillis < untilEpochMillis;
        }
    }

    /** Returns the span that a moment is in. */
    Span at(long epochMillis) {
        Span known = span;
        if (known.contains(epochMillis)) {
            return known;
        }
        Span computed = compute(epochMillis);
        span = computed;
        return computed;
    }

    List<ZoneId> zones() {
        return zones;
    }

    private Span compute(long epochMillis) {
        long until = Long.MAX_VALUE;
        long dayStart = Long.MAX_VALUE;
        for (ZoneId zone : zones) {
            LocalDate date = Instant.ofEpochMilli(epochMillis).atZone(zone).toLocalDate();
            dayStart = Math.min(dayStart, startMillis(zone, date));
            until = Math.min(until, startMillis(zone, date.plusDays(1)));
            for (HoursRule rule : rules) {
                Stretch stretch = rule.at(zone, epochMillis);
                until = Math.min(until, stretch.untilEpochMillis());
            }
        }
        Refused refusal = null;
        for (HoursRule rule : rules) {
            refusal = Refusals.later(refusal, rule.judge(zones, epochMillis));
        }
        return new Span(epochMillis, until, dayStart, refusal);
    }

    private static long startMillis(ZoneId zone, LocalDate date) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
