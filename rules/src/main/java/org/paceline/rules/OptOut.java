package org.paceline.rules;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a do-not-call list that covers a number.
 *
 * @param source who or what entered it: {@code file:dnc.csv}, {@code api:alice}, {@code sip:607}
 * @param campaign the one campaign that it covers, or null for all
 * @param untilEpochMillis when it expires, epoch milliseconds; {@link Long#MAX_VALUE} for never
 */
public record OptOut(String source, @Nullable String campaign, long untilEpochMillis) {}
