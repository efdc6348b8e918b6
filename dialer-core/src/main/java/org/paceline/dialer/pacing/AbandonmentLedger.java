package org.paceline.dialer.pacing;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.AbandonmentTerms.Denominator;
import org.paceline.rules.AbandonmentTerms.Window;

/**
 * Answered and abandoned calls of a campaign within the window of one policy's terms. A rolling window is kept in
 * {@value #SLICES} slices: the figures cover the window and up to one slice more. A calendar month begins and ends at
 * the call centre's midnight.
 *
 * <p>Thread: engine only.
 */
public final class AbandonmentLedger {
    /** How many answers a window is given in advance, so that a new one can start. */
    static final int FORGIVEN_ANSWERS = 100;

    private static final int SLICES = 1440;

    private final AbandonmentTerms terms;
    private final ZoneId zone;
    private final long sliceMillis;
    private final ArrayDeque<Slice> slices = new ArrayDeque<>();
    private long answered;
    private long abandoned;

    private static final class Slice {
        private final long number;
        private long answered;
        private long abandoned;

        private Slice(long number) {
            this.number = number;
        }
    }

    /**
     * @param terms of one policy
     * @param zone the call centre's time zone, whose months count
     */
    public AbandonmentLedger(AbandonmentTerms terms, ZoneId zone) {
        this.terms = terms;
        this.zone = zone;
        this.sliceMillis = Math.ceilDiv(terms.window().longestMillis(), SLICES);
    }

    public AbandonmentTerms terms() {
        return terms;
    }

    /** A person answered. */
    public void answered(long atEpochMillis) {
        countAnswered(atEpochMillis, 1);
    }

    /** A machine or a fax answered, which is an answered call to some policies. */
    public void answeredByMachine(long atEpochMillis) {
        if (terms.denominator() == Denominator.ALL_ANSWERED) {
            countAnswered(atEpochMillis, 1);
        }
    }

    /** An answered call, already counted as such, was abandoned. */
    public void abandoned(long atEpochMillis) {
        countAbandoned(atEpochMillis, 1);
    }

    /** Counts calls of earlier runs and of other nodes, at about their time. */
    public void remember(AnsweredCalls calls) {
        long ofMachines = terms.denominator() == Denominator.ALL_ANSWERED ? calls.answeredByMachine() : 0;
        countAnswered(calls.atEpochMillis(), calls.answeredByPerson() + ofMachines);
        countAbandoned(calls.atEpochMillis(), calls.abandoned());
    }

    private void countAnswered(long atEpochMillis, long calls) {
        slice(atEpochMillis).answered += calls;
        answered += calls;
    }

    private void countAbandoned(long atEpochMillis, long calls) {
        slice(atEpochMillis).abandoned += calls;
        abandoned += calls;
    }

    /** Forgets what has left the window. */
    public void advance(long nowEpochMillis) {
        long oldest = firstSlice(nowEpochMillis);
        while (!slices.isEmpty() && slices.getFirst().number < oldest) {
            Slice gone = slices.removeFirst();
            answered -= gone.answered;
            abandoned -= gone.abandoned;
        }
    }

    private long firstSlice(long nowEpochMillis) {
        return switch (terms.window()) {
            case Window.Rolling _ -> Math.floorDiv(nowEpochMillis, sliceMillis) - SLICES;
            case Window.CalendarMonth _ -> Math.floorDiv(monthStart(nowEpochMillis), sliceMillis);
        };
    }

    private long monthStart(long nowEpochMillis) {
        return Instant.ofEpochMilli(nowEpochMillis)
                .atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(zone)
                .toInstant()
                .toEpochMilli();
    }

    public long answered() {
        return answered;
    }

    public long abandoned() {
        return abandoned;
    }

    /** The share of the window's answered calls that were abandoned, 0–1; 0 without answers. */
    public double abandonedRatio() {
        return answered == 0 ? 0 : (double) abandoned / answered;
    }

    /** How many more calls may be abandoned now; less than 0 where there were too many. */
    public double abandonsLeft() {
        return terms.limitRatio() * Math.max(answered, FORGIVEN_ANSWERS) - abandoned;
    }

    /**
     * Returns the slice of that time. Slices are ordered by number, so that a call of an earlier time, or of a clock
     * that stepped back, finds its place.
     */
    private Slice slice(long atEpochMillis) {
        long number = Math.floorDiv(atEpochMillis, sliceMillis);
        Slice last = slices.peekLast();
        if (last != null && last.number == number) {
            return last;
        }
        if (last == null || last.number < number) {
            Slice added = new Slice(number);
            slices.addLast(added);
            return added;
        }
        return earlierSlice(number);
    }

    private Slice earlierSlice(long number) {
        ArrayDeque<Slice> later = new ArrayDeque<>();
        Iterator<Slice> backwards = slices.descendingIterator();
        while (backwards.hasNext()) {
            Slice slice = backwards.next();
            if (slice.number == number) {
                return slice;
            }
            if (slice.number < number) {
                break;
            }
            later.addFirst(slice);
        }
        later.forEach(_ -> slices.removeLast());
        Slice added = new Slice(number);
        slices.addLast(added);
        slices.addAll(later);
        return added;
    }
}
