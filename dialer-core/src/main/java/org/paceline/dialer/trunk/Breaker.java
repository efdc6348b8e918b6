package org.paceline.dialer.trunk;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.time.Moment;

/**
 * Stops a trunk that refuses call after call, so that it does not use up the list. After a pause one call is tried; it
 * opens the trunk again, or the pause doubles.
 *
 * <p>Two kinds of runs stop it: failures by the trunk's or our doing, and the same refusal in the called party's name
 * over and over without a phone ever ringing, which no list has by chance. A call that ends otherwise ends a run, and
 * only then is a pause that has grown short again.
 *
 * <p>Thread: engine only.
 */
final class Breaker {
    /** How many failed calls in a row stop the trunk. */
    static final int FAULTS = 5;

    /** How many calls in a row, refused with the same status in the called party's name, stop the trunk. */
    static final int ALIKE = 30;

    static final long FIRST_PAUSE_MILLIS = 5_000;
    static final long LONGEST_PAUSE_MILLIS = 300_000;

    private int faults;
    private int alike;
    private int status;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private @Nullable Moment openedAt;
    private @Nullable String why;
    private @Nullable CallId probe;

    /** A call could not be carried, by the trunk's or our doing; {@code what} tells people how. */
    void failed(CallId call, String what, Moment now) {
        alike = 0;
        faults++;
        if (openedAt == null ? faults >= FAULTS : call.equals(probe)) {
            open(faults + " calls in a row failed, the last with " + what, now);
        }
    }

    /** The called party is said to have refused it; no phone rang. */
    void refusedUnrung(CallId call, Moment plannedAt, int sipStatus, Moment now) {
        alike = sipStatus == status ? alike + 1 : 1;
        status = sipStatus;
        if (alike < ALIKE) {
            worked(call, plannedAt);
        } else if (openedAt == null || call.equals(probe)) {
            open(alike + " calls in a row got status " + sipStatus + " and no phone rang", now);
        }
    }

    /**
     * A phone rings. If it is the one call that is tried, the trunk takes calls again; but the run is over only with
     * the call's end.
     */
    void rings(CallId call) {
        alike = 0;
        if (call.equals(probe)) {
            close();
        }
    }

    /** The call was answered, or ended by the called party's doing. */
    void carried(CallId call, Moment plannedAt) {
        alike = 0;
        worked(call, plannedAt);
    }

    /** The call is over and says nothing about the trunk. */
    void gone(CallId call) {
        if (call.equals(probe)) {
            probe = null;
        }
    }

    private void worked(CallId call, Moment plannedAt) {
        Moment opened = openedAt;
        if (opened == null || call.equals(probe) || plannedAt.nanos() - opened.nanos() > 0) {
            faults = 0;
            pauseMillis = FIRST_PAUSE_MILLIS;
            close();
        }
    }

    private void open(String reason, Moment now) {
        if (openedAt != null || faults > FAULTS) {
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
        openedAt = now;
        why = reason;
        probe = null;
    }

    private void close() {
        openedAt = null;
        why = null;
        probe = null;
    }

    /** A call is placed. */
    void placed(CallId call) {
        if (openedAt != null) {
            probe = call;
        }
    }

    boolean isOpen() {
        return openedAt != null;
    }

    /** Whether the breaker is open and no call may be tried now. */
    boolean isShut(Moment now) {
        return probe != null || millisLeft(now) > 0;
    }

    /** Whether the breaker is open for that call too, which is already placed. */
    boolean keepsBack(CallId call, Moment now) {
        return probe == null ? millisLeft(now) > 0 : !call.equals(probe);
    }

    /** Whether the breaker is open and one call may be tried now. */
    boolean isTrying(Moment now) {
        return openedAt != null && !isShut(now);
    }

    /** The time until a call is tried. */
    private long millisLeft(Moment now) {
        Moment opened = openedAt;
        return opened == null ? 0 : Math.max(0, pauseMillis - (now.nanos() - opened.nanos()) / 1_000_000);
    }

    /** When the next call is tried, epoch milliseconds; 0 where the breaker is not open, or one is under way. */
    long triesAtEpochMillis(Moment now) {
        Moment opened = openedAt;
        return opened == null || probe != null ? 0 : Math.max(now.epochMillis(), opened.epochMillis() + pauseMillis);
    }

    /** Why the breaker is open, one line for people; null where it is not. */
    @Nullable
    String why() {
        return why == null ? null : probe == null ? why : why + "; one call is being tried";
    }
}
