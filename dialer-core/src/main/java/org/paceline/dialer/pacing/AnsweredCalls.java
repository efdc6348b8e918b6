package org.paceline.dialer.pacing;

/**
 * Answered calls of a campaign at about one time.
 *
 * @param atEpochMillis when they were answered, epoch milliseconds; the earliest of them
 * @param answeredByPerson calls that a person answered, abandoned ones included
 * @param answeredByMachine calls that a machine or a fax answered
 * @param abandoned how many of the calls that a person answered were abandoned
 */
public record AnsweredCalls(long atEpochMillis, long answeredByPerson, long answeredByMachine, long abandoned) {}
