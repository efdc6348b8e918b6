package org.paceline.sip.stack;

/**
 * Counts messages of each call, about a second at a time, in a table of fixed size: calls whose hashes meet in a slot
 * share its limit, which is far above what calls need. This keeps a sender who knows a call, or repeats one message of
 * it, from filling the lane.
 *
 * <p>Thread: the socket's only.
 */
final class CallMeter {

    /** How many messages a second each slot allows. */
    static final int LIMIT = 100;

    private static final int SLOTS = 8_192;
    /** 2³⁰ ns: 1.07 s. */
    private static final int PERIOD_BITS = 30;

    private static final int COUNT_BITS = 8;

    /** The period in the upper bits, the count in the lower ones. */
    private final int[] slots = new int[SLOTS];

    /** @return whether the call may send one more now */
    boolean take(int callHash, long nowNanos) {
        int slot = Math.floorMod(callHash, SLOTS);
        int period = (int) (nowNanos >>> PERIOD_BITS) << COUNT_BITS;
        int seen = slots[slot];
        int count = (seen & ~0 << COUNT_BITS) == period ? seen & (1 << COUNT_BITS) - 1 : 0;
        if (count >= LIMIT) {
            return false;
        }
        slots[slot] = period | count + 1;
        return true;
    }
}
