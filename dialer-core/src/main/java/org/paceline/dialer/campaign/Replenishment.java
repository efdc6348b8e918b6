package org.paceline.dialer.campaign;

/**
 * When a campaign asks for more leads: one request at a time, and after a short answer not before more may be due.
 *
 * <p>Thread: engine only.
 */
public final class Replenishment {
    private static final long MIN_WAIT_MILLIS = 1_000;
    private static final long MAX_WAIT_MILLIS = 30_000;

    private int asked;
    private boolean waits;
    private boolean wokenMeanwhile;
    private long waitUntilNanos;
    private long nextDueEpochMillis = Long.MAX_VALUE;

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
        asked = 0;
        nextDueEpochMillis = nextDue;
        long wait = Math.clamp(nextDue - nowEpochMillis, MIN_WAIT_MILLIS, MAX_WAIT_MILLIS);
        waitUntilNanos = nowNanos + wait * 1_000_000;
    }

    /** New leads may be there. */
    public void wake() {
        waits = false;
        wokenMeanwhile = asked > 0;
    }

    /** Whether the list is known to have no lead that is due. */
    public boolean listIsEmpty() {
        return waits;
    }

    /** Epoch milliseconds; {@link Long#MAX_VALUE} for none. */
    public long nextDueEpochMillis() {
        return nextDueEpochMillis;
    }
}
