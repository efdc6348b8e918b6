package org.paceline.daemon.leads;

/**
 * How well a campaign keeps its callbacks, counting those that were due in the last 30 days or are yet to come.
 *
 * @param open callbacks that are not kept yet
 * @param overdue how many of these are later than on time
 * @param onTime how many of the done ones were on time
 */
public record CallbackFigures(long open, long overdue, long done, long onTime, long missed) {
    public static final CallbackFigures NONE = new CallbackFigures(0, 0, 0, 0, 0);

    /** Counts the callbacks that were kept, can never be kept, or are late. */
    public long judged() {
        return done + missed + overdue;
    }

    /** Returns the share of the judged callbacks that were kept on time, 0 to 1; asked only where there are any. */
    public double onTimeRatio() {
        return (double) onTime / judged();
    }
}
