package org.paceline.dialer.budget;

/**
 * The final cost of an attempt.
 *
 * @param holder whose money
 * @param month that the attempt was planned in, 202611 for November 2026
 * @param reservedMicros what was set aside for it, which is free again
 * @param micros the cost
 */
public record CallCost(String holder, int month, long reservedMicros, long micros) {}
