package org.paceline.dialer.trunk;

/**
 * How many more calls trunks take.
 *
 * @param calls how many more calls they take at once; 0 where every trunk is full, blocked or down
 * @param allowance how many of these may be placed at this moment
 * @param callsPerSecond how fast the allowance grows
 */
public record TrunkCapacity(int calls, double allowance, double callsPerSecond) {
    public static final TrunkCapacity UNLIMITED =
            new TrunkCapacity(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

    public TrunkCapacity {
        if (calls < 0 || Double.isNaN(allowance) || !(callsPerSecond >= 0)) {
            throw new IllegalArgumentException("calls=" + calls + " allowance=" + allowance + " callsPerSecond="
                    + callsPerSecond + ": calls and callsPerSecond must be at least 0, allowance a number");
        }
    }

    /** How many calls can be placed within that time from now. */
    public int within(double seconds) {
        return (int) Math.clamp(allowance + callsPerSecond * seconds, 0, calls);
    }

    /**
     * Returns the capacity where something else takes at most so many more calls, whatever the trunks take; below 0
     * counts as none.
     */
    public TrunkCapacity atMost(int others) {
        return others >= calls ? this : new TrunkCapacity(Math.max(0, others), allowance, callsPerSecond);
    }
}
