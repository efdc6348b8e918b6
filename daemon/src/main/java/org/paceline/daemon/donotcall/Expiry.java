package org.paceline.daemon.donotcall;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import org.paceline.daemon.SupportedYears;

/**
 * Reads until when an entry of a file holds: an instant, a local date and time, or a date, which is included. Ambiguous
 * dates, such as 03/04/2027, are not read.
 *
 * <p>Thread: any.
 */
final class Expiry {
    private static final Set<String> NEVER = Set.of("", "never", "none", "unlimited", "permanent", "indefinite");
    private static final List<DateTimeFormatter> FORMATS = List.of(
            format("uuuu-MM-dd"),
            format("uuuu-MM-dd['T'][' ']HH:mm[:ss]"),
            format("uuuu/MM/dd[' 'HH:mm[:ss]]"),
            format("d.M.uuuu[' 'HH:mm[:ss]]"),
            format("uuuuMMdd"));

    private Expiry() {}

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    /**
     * @param zone the zone of dates and times without one
     * @return epoch milliseconds, {@link Long#MAX_VALUE} for no end; empty where the text is no time. The whole of
     *     9999-12-31 is the usual way to say that there is no end; a time before the {@link SupportedYears} is a mistake
     */
    static OptionalLong millis(String text, ZoneId zone) {
        if (NEVER.contains(text.toLowerCase(Locale.ROOT))) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
        if (text.indexOf('T') > 0) {
            try {
                return held(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                // Perhaps the text has no zone.
            }
        }
        for (DateTimeFormatter format : FORMATS) {
            try {
                return held(format.parseBest(text, LocalDateTime::from, LocalDate::from), zone);
            } catch (DateTimeException e) {
                // Perhaps the next format fits.
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong held(TemporalAccessor read, ZoneId zone) {
        if (read instanceof LocalDateTime time) {
            return held(time.atZone(zone).toInstant());
        }
        LocalDate next = LocalDate.from(read).plusDays(1);
        return SupportedYears.contain(next) || next.isBefore(LocalDate.EPOCH)
                ? held(next.atStartOfDay(zone).toInstant())
                : OptionalLong.of(Long.MAX_VALUE);
    }

    private static OptionalLong held(Instant end) {
        if (SupportedYears.contain(end)) {
            return OptionalLong.of(end.toEpochMilli());
        }
        return end.isBefore(Instant.EPOCH) ? OptionalLong.empty() : OptionalLong.of(Long.MAX_VALUE);
    }
}
