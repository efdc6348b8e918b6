package org.paceline.daemon.leads;

/**
 * How a campaign keeps its callbacks: those that were due in the last 30 days, or are yet to come.
 *
 * @param open not kept yet
 * @param overdue of these, later than what is on time
 * @param onTime of those done
 */
public record CallbackFigures(long open, long overdue, long done, long onTime, long missed) {
    public static final CallbackFigures NONE = new CallbackFigures(0, 0, 0, 0, 0);

    /** Those that were kept, can never be, or are late. */
    public long judged() {
        return done + missed + overdue;
    }

    /** Share of the judged ones that were kept on time, 0 to 1; asked only where there are any. */
    public double onTimeRatio() {
        return (double) onTime / judged();
    }
}
