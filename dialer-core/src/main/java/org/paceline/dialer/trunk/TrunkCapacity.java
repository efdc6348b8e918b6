package org.paceline.dialer.trunk;

/**
 * How many more calls trunks take.
 *
 * @param calls so many more at once; none where every trunk is full, blocked or down
 * @param allowance of them, so many at this moment
 * @param callsPerSecond by which the allowance grows
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

    /** Calls that can be placed from now until then. */
    public int within(double seconds) {
        return (int) Math.clamp(allowance + callsPerSecond * seconds, 0, calls);
    }

    /** Where something else takes at most so many calls more, whatever the trunks take; below 0 is none. */
    public TrunkCapacity atMost(int others) {
        return others >= calls ? this : new TrunkCapacity(Math.max(0, others), allowance, callsPerSecond);
    }
}
