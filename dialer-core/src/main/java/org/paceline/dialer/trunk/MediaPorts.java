package org.paceline.dialer.trunk;

/**
 * Local RTP ports: each live call has one, and each signed-in agent's phone.
 *
 * <p>Thread: engine only.
 */
public final class MediaPorts {
    /** After a call found none, nothing is planned for so long: our count and the network's differ. */
    private static final long REST_NANOS = 1_000_000_000L;

    private int usable = Integer.MAX_VALUE;
    private int heldByOthers;
    private boolean failed;
    private long restUntilNanos;

    /**
     * @param ports that there are, those in use included; {@link Integer#MAX_VALUE} where nothing limits them
     * @param others ports of the range that another program has
     */
    public void changed(int ports, int others) {
        usable = ports;
        heldByOthers = others;
    }

    /** A call found no port. */
    public void failed(long nowNanos) {
        failed = true;
        restUntilNanos = nowNanos + REST_NANOS;
    }

    /** How many more calls there are ports for. */
    public int room(int calls, int agents, long nowNanos) {
        failed &= restUntilNanos - nowNanos > 0;
        return failed ? 0 : (int) Math.max(0, (long) usable - calls - agents);
    }

    public int usable() {
        return usable;
    }

    public int heldByOthers() {
        return heldByOthers;
    }

    /** Why there is no room, one line for people. */
    public String limit(int calls, int agents) {
        return "no RTP port free: " + usable + " usable for " + calls + " calls and " + agents + " agents"
                + (heldByOthers == 0 ? "" : ", other programs hold " + heldByOthers + " of the range");
    }
}
