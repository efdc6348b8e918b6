package org.paceline.dialer.campaign;

import java.util.ArrayList;
import java.util.List;
import org.paceline.rules.CallingCodes;
import org.paceline.rules.NumberRange;

/**
 * Which caller ID each call of a campaign presents. What it chooses is judged by the rules like any caller ID
 * ({@code callerid.allotted}).
 *
 * <p>Thread: any (immutable).
 *
 * @param callerId the campaign's {@code caller-id}, E.164 digits without {@code +}: presented by all calls, or by those for
 *     which there is no other
 * @param allotted the numbers among which is chosen; not looked at by {@link Choice#FIXED}
 */
public record CallerIdPlan(Choice choice, long callerId, List<NumberRange> allotted) {

    /** The ways of choosing. */
    public enum Choice {
        /** Always the same. */
        FIXED,
        /** One after the other, with each call the next. */
        ROTATION,
        /**
         * The one that has most first digits in common with the called number, at least the country calling code; those
         * that have as many take turns. Where none has that, the campaign's {@code caller-id}.
         */
        LOCAL
    }

    /** Stands for no number. */
    private static final long NONE = 0;

    public CallerIdPlan {
        allotted = List.copyOf(allotted);
        size(allotted);
    }

    /** Makes a plan with one caller ID. */
    public static CallerIdPlan fixed(long callerId) {
        return new CallerIdPlan(Choice.FIXED, callerId, List.of());
    }

    /** Whether a call may present it by this plan. */
    public boolean contains(long presented) {
        return presented == callerId
                || (choice != Choice.FIXED && allotted.stream().anyMatch(range -> range.contains(presented)));
    }

    /**
     * Chooses the caller ID of a call. Nobody is called from the own number, unless there is no other.
     *
     * @param callee E.164 digits without {@code +}
     * @param turn how many calls the campaign has placed before
     */
    public long choose(long callee, long turn) {
        long chosen = switch (choice) {
            case FIXED -> callerId;
            case ROTATION -> inTurn(allotted, callee, turn);
            case LOCAL -> local(callee, turn);
        };
        return chosen == NONE ? callerId : chosen;
    }

    private long local(long callee, long turn) {
        int least = CallingCodes.digitsOf(callee);
        int shared = digits(callee);
        for (long prefix = callee; shared >= least; prefix /= 10, shared--) {
            long chosen = inTurn(beginningWith(prefix, shared), callee, turn);
            if (chosen != NONE) {
                return chosen;
            }
        }
        return NONE;
    }

    private List<NumberRange> beginningWith(long prefix, int digits) {
        List<NumberRange> found = new ArrayList<>();
        for (NumberRange range : allotted) {
            long scale = 1;
            for (int more = digits(range.first()) - digits; more > 0; more--) {
                scale *= 10;
            }
            long first = Math.max(range.first(), prefix * scale);
            long last = Math.min(range.last(), prefix * scale + scale - 1);
            if (first <= last) {
                found.add(new NumberRange(first, last));
            }
        }
        return found;
    }

    /** @return a number other than the callee, or {@link #NONE} */
    private static long inTurn(List<NumberRange> ranges, long callee, long turn) {
        long size = size(ranges);
        for (long at = turn; at < turn + Math.min(2, size); at++) {
            long number = number(ranges, at % size);
            if (number != callee) {
                return number;
            }
        }
        return NONE;
    }

    private static long number(List<NumberRange> ranges, long index) {
        long left = index;
        for (NumberRange range : ranges) {
            long size = range.last() - range.first() + 1;
            if (left < size) {
                return range.first() + left;
            }
            left -= size;
        }
        throw new IllegalArgumentException("index=" + index + ": must be less than " + size(ranges));
    }

    private static long size(List<NumberRange> ranges) {
        long size = 0;
        for (NumberRange range : ranges) {
            size = Math.addExact(size, range.last() - range.first() + 1);
        }
        return size;
    }

    private static int digits(long number) {
        return Long.toString(number).length();
    }
}
