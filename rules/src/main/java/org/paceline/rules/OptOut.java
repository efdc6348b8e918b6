package org.paceline.rules;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a do-not-call list that covers a number.
 *
 * @param source who or what entered it: {@code file:dnc.csv}, {@code api:alice}, {@code sip:607}
 * @param campaign the one campaign that it covers, or null for all
 * @param untilEpochMillis when it expires, epoch milliseconds; {@link Long#MAX_VALUE} for never
 * @param kind why the number is on the list
 */
public record OptOut(String source, @Nullable String campaign, long untilEpochMillis, Kind kind) {

    /** An entry that stands for a request for no more calls. */
    public OptOut(String source, @Nullable String campaign, long untilEpochMillis) {
        this(source, campaign, untilEpochMillis, Kind.REQUEST);
    }

    public enum Kind {
        /** The called party, or a register, asks for no more calls. */
        REQUEST,
        /** A complaint was made ({@code complaint}). */
        COMPLAINT
    }
}
