package org.paceline.dialer.trunk;

/**
 * The local RTP ports: each live call has one, and so has each signed-in agent's phone.
 *
 * <p>Thread: engine only.
 */
public final class MediaPorts {
    /** How long nothing is planned after a call found no port, because our count and the network's differ. */
    private static final long REST_NANOS = 1_000_000_000L;

    private int usable = Integer.MAX_VALUE;
    private int heldByOthers;
    private boolean failed;
    private long restUntilNanos;

    /**
     * @param ports how many ports there are, those in use included; {@link Integer#MAX_VALUE} where nothing limits them
     * @param others how many ports of the range other programs have
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

    /** Returns why there is no room, one line for people. */
    public String limit(int calls, int agents) {
        return "no RTP port free: " + usable + " usable for " + calls + " calls and " + agents + " agents"
                + (heldByOthers == 0 ? "" : ", other programs hold " + heldByOthers + " of the range");
    }
}
