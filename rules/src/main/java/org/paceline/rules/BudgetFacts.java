package org.paceline.rules;

/**
 * How the budget stands at a dial, in micros of money.
 *
 * @param priceMicros what is reserved for this attempt; {@link #NO_RATE} where no tariff says
 * @param spentMicros what the month's ended calls cost, over all nodes and runs
 * @param reservedMicros what is reserved for calls that are not over
 */
public record BudgetFacts(long priceMicros, long spentMicros, long reservedMicros) {
    public static final long NO_RATE = -1;

    /** A call that costs nothing, on a budget that nothing was taken from. */
    public static final BudgetFacts FREE = new BudgetFacts(0, 0, 0);

    /** Returns what is left of a limit; less than 0 where calls lasted longer than the time reserved. */
    public long leftMicros(long limitMicros) {
        return limitMicros - spentMicros - reservedMicros;
    }
}
