package org.paceline.rules.book;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.CapLimit;
import org.paceline.rules.CapLimit.Scope;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict.Refused;

/** A rule that counts earlier attempts to the number. */
sealed interface NumberCapRule extends LimitedRule {

    /** Returns from when attempts count, epoch milliseconds, inclusive. */
    long sinceEpochMillis(DialRequest request, long dayStartEpochMillis);

    /** Returns how many attempts that period may hold, including the one asked for. */
    int atMost();

    /** Returns until when an attempt made at that moment counts, epoch milliseconds. */
    long countsUntil(DialRequest request, long attemptEpochMillis);

    @Override
    long reachMillis();

    @Override
    default CapLimit limit(DialRequest request, long dayStartEpochMillis) {
        return new CapLimit(id(), Scope.NUMBER, sinceEpochMillis(request, dayStartEpochMillis), atMost());
    }

    @Override
    default @Nullable Refused judge(DialRequest request, long dayStartEpochMillis) {
        AttemptHistory history = request.history();
        int size = history.size();
        if (size < atMost()) {
            return null;
        }
        // The dial is permitted once the attempt that fills the cap no longer counts.
        long filling = history.at(size - atMost());
        if (filling < sinceEpochMillis(request, dayStartEpochMillis)) {
            return null;
        }
        return refused("at most " + figure(), countsUntil(request, filling));
    }

    /** Returns when the day after that moment begins, epoch milliseconds. */
    static long nextDay(ZoneId zone, long epochMillis) {
        return Instant.ofEpochMilli(epochMillis)
                .atZone(zone)
                .toLocalDate()
                .plusDays(1)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** Returns when the day of that moment began, epoch milliseconds. */
    static long day(ZoneId zone, long epochMillis) {
        return Instant.ofEpochMilli(epochMillis)
                .atZone(zone)
                .toLocalDate()
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
    }

    /** Writes a length of time as policies write it. */
    static String period(long millis) {
        long hours = 3_600_000L;
        if (millis % (24 * hours) == 0 && millis > 24 * hours) {
            return millis / (24 * hours) + "d";
        }
        if (millis % hours == 0) {
            return millis / hours + "h";
        }
        return millis % 60_000 == 0 ? millis / 60_000 + "m" : String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
    }

    /** Limits attempts per local day; a number that may be in several zones must keep to the day of each. */
    record PerDay(String source, int atMost, String citation) implements NumberCapRule {
        /** The longest local day: it has 26 hours, because a clock may be set back by two. */
        private static final long LONGEST_DAY_MILLIS = 26 * 3_600_000L;

        @Override
        public RuleId id() {
            return RuleId.CAP_NUMBER_DAY;
        }

        @Override
        public String figure() {
            return atMost + " a day";
        }

        @Override
        public boolean isByZone() {
            return true;
        }

        @Override
        public long sinceEpochMillis(DialRequest request, long dayStartEpochMillis) {
            return dayStartEpochMillis;
        }

        @Override
        public long countsUntil(DialRequest request, long attemptEpochMillis) {
            long latest = Long.MIN_VALUE;
            for (ZoneId zone : request.number().zones()) {
                latest = Math.max(latest, NumberCapRule.nextDay(zone, attemptEpochMillis));
            }
            return latest;
        }

        @Override
        public long reachMillis() {
            return LONGEST_DAY_MILLIS;
        }
    }

    /**
     * Limits attempts in any period of a given length; an attempt that is exactly so old, to the millisecond, no longer
     * counts.
     */
    record Rolling(RuleId id, String source, int atMost, long periodMillis, String citation) implements NumberCapRule {

        @Override
        public String figure() {
            return id == RuleId.GAP_NUMBER
                    ? "1 attempt within " + NumberCapRule.period(periodMillis)
                    : atMost + " in " + NumberCapRule.period(periodMillis);
        }

        @Override
        public long sinceEpochMillis(DialRequest request, long dayStartEpochMillis) {
            return request.atEpochMillis() - periodMillis + 1;
        }

        @Override
        public long countsUntil(DialRequest request, long attemptEpochMillis) {
            return attemptEpochMillis + periodMillis;
        }

        @Override
        public long reachMillis() {
            return periodMillis;
        }
    }
}
