package org.paceline.sip.recording;

/**
 * Places one side's packets on the recording's time line: by arrival where a source begins, by RTP timestamp from then
 * on, so that jitter on the way does not become jitter in the file. Whatever the timestamps say, no packet is placed more than
 * half a second ahead of its arrival: neither a flood nor timestamps that jump make a track longer than the call, or push the
 * other side's audio out of the window.
 *
 * <p>Thread: {@code recorder}.
 */
final class Track {

    /** How far behind wall time, in samples (1 s), a timestamp may be; beyond that the source began anew. */
    private static final long MAX_BEHIND = 8_000;

    /** How far ahead of wall time (0.5 s) a timestamp may be; beyond that the source began anew. */
    private static final long MAX_AHEAD = 4_000;

    private boolean started;
    private int ssrc;
    private int baseTimestamp;
    private long basePosition;
    private long end;

    /**
     * @param arrival position of the packet's arrival
     * @return position of its first sample
     */
    long place(int packetSsrc, int timestamp, int length, long arrival) {
        long position = basePosition + (timestamp - baseTimestamp);
        if (!started || packetSsrc != ssrc || arrival - position > MAX_BEHIND || position - arrival > MAX_AHEAD) {
            position = end - arrival > MAX_AHEAD ? arrival : Math.max(arrival, end);
            started = true;
            ssrc = packetSsrc;
        }
        // The base moves along, so that the difference of timestamps never wraps.
        basePosition = position;
        baseTimestamp = timestamp;
        end = Math.max(end, position + length);
        return position;
    }

    /** Position after the last sample so far. */
    long end() {
        return end;
    }
}
