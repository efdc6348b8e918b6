package org.paceline.dialer.budget;

/**
 * Money set aside for one attempt until it ends.
 *
 * @param holder whose money, see {@link org.paceline.rules.Budget}
 * @param month of the plan, in the call centre's zone: 202611 for November 2026
 * @param micros how much
 * @param limitMicros most that the holder's month may cost, which the journal enforces once more in SQL
 * @param rate what the call costs
 */
public record Reservation(String holder, int month, long micros, long limitMicros, Tariff.Rate rate) {}
