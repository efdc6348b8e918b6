package org.paceline.daemon.complaints;

import org.jspecify.annotations.Nullable;

/**
 * A complaint's case. Times are epoch milliseconds.
 *
 * @param e164 digits without {@code +}; blocked since the complaint was entered
 * @param campaign the campaign that it is about, or null; the block holds for all campaigns
 * @param call the call that it is about, or null
 * @param lead the lead of that call, or null
 * @param enteredBy who entered it: {@code agent:alice}, {@code supervisor:boss}
 * @param owner who has to settle it
 * @param closing null while it is open
 */
public record Complaint(
        long id,
        long e164,
        @Nullable String campaign,
        @Nullable Long call,
        @Nullable Long lead,
        long enteredAtEpochMillis,
        String enteredBy,
        String owner,
        long dueAtEpochMillis,
        String text,
        @Nullable Closing closing) {

    /** @param result how it was settled */
    public record Closing(String result, long atEpochMillis, String by) {}

    /** A note on what was answered or done about it. */
    public record Note(long atEpochMillis, String by, String text) {}

    /** The choices of cases to list. */
    public enum Which {
        ALL,
        OPEN,
        CLOSED,
        /** Cases that are open and past their due time. */
        OVERDUE
    }

    public boolean isOverdue(long nowEpochMillis) {
        return closing == null && dueAtEpochMillis < nowEpochMillis;
    }
}
