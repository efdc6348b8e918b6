package org.paceline.dialer.state;

import org.jspecify.annotations.Nullable;

/**
 * When a campaign asks for more leads: one request at a time, and after a short answer not before more may be due.
 *
 * <p>Thread: engine only.
 */
public final class Replenishment {
    private static final long MIN_WAIT_MILLIS = 1_000;
    private static final long MAX_WAIT_MILLIS = 30_000;

    /** A full answer that is used up within this time was too small. */
    private static final long DRY_NANOS = 1_000_000_000L;

    private int asked;
    private boolean waits;
    private boolean wokenMeanwhile;
    private long waitUntilNanos;
    private long nextDueEpochMillis = Long.MAX_VALUE;
    private int lastAsked;
    private long answeredAtNanos;
    private @Nullable String heldElsewhere;
    private long lookedAtNanos;
    private boolean tooMany;
    private long tooManySinceNanos;

    public boolean mayAsk(long nowNanos) {
        return asked == 0 && (!waits || waitUntilNanos - nowNanos <= 0);
    }

    public void asked(int count) {
        asked = count;
    }

    /** @param nextDue when the next lead falls due, epoch milliseconds */
    public void answered(int leads, long nextDue, long nowNanos, long nowEpochMillis) {
        waits = leads < asked && !wokenMeanwhile;
        wokenMeanwhile = false;
        lastAsked = waits ? 0 : asked;
        answeredAtNanos = nowNanos;
        asked = 0;
        nextDueEpochMillis = nextDue;
        long wait = Math.clamp(nextDue - nowEpochMillis, MIN_WAIT_MILLIS, MAX_WAIT_MILLIS);
        waitUntilNanos = nowNanos + wait * 1_000_000;
    }

    /** Whether the last answer was full, and only just came. */
    public boolean runsDry(long nowNanos) {
        return lastAsked > 0 && nowNanos - answeredAtNanos < DRY_NANOS;
    }

    /** How many leads the last full answer had. */
    public int lastAsked() {
        return lastAsked;
    }

    /** Who else holds leads of the campaign, according to the last answer, or null. */
    public @Nullable String heldElsewhere() {
        return waits ? heldElsewhere : null;
    }

    public void heldElsewhere(@Nullable String who) {
        heldElsewhere = who;
    }

    /** Whether it is time to look at the stock again. */
    public boolean lookIsDue(long nowNanos, long periodNanos) {
        if (nowNanos - lookedAtNanos < periodNanos) {
            return false;
        }
        lookedAtNanos = nowNanos;
        return true;
    }

    /** @return whether there have been too many for so long */
    public boolean tooMany(boolean now, long nowNanos, long forNanos) {
        if (now && !tooMany) {
            tooManySinceNanos = nowNanos;
        }
        tooMany = now;
        return now && nowNanos - tooManySinceNanos >= forNanos;
    }

    /** New leads may be there: the next request need not wait. */
    public void wake() {
        waits = false;
        wokenMeanwhile = asked > 0;
    }

    /** Whether the list is known to have no lead that is due. */
    public boolean listIsEmpty() {
        return waits;
    }

    /** When the next lead falls due, epoch milliseconds; {@link Long#MAX_VALUE} for none. */
    public long nextDueEpochMillis() {
        return nextDueEpochMillis;
    }
}
