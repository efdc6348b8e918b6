package org.paceline.dialer.budget;

/**
 * Money of one holder and month, micros.
 *
 * @param month 202611 for November 2026
 * @param spentMicros what ended calls cost
 * @param reservedMicros what is set aside for those that are not over
 */
public record Spent(String holder, int month, long spentMicros, long reservedMicros) {}
