package org.paceline.rules;

/**
 * One cap at one moment, in the form that the attempt journal enforces in SQL: the attempt may be recorded only while
 * fewer than {@code atMost} attempts to the number stand at or after {@code sinceEpochMillis}.
 *
 * @param ruleId the catalogue's id, for example {@code cap.number-day}
 * @param sinceEpochMillis start of the period, epoch milliseconds, inclusive
 * @param atMost how many attempts the period may hold, this one included; at least 1
 */
public record CapLimit(String ruleId, long sinceEpochMillis, int atMost) {}
