package org.paceline.sip.recording;

/**
 * Places one side's packets on the recording's time line: by arrival where a source begins, by RTP timestamp from then
 * on, so that jitter on the way does not become jitter in the file.
 *
 * <p>Thread: {@code recorder}.
 */
final class Track {

    /** A timestamp further from wall time than this, in samples (1 s), means that the source began anew. */
    static final long MAX_DRIFT = 8000;

    /** There is no place for it. */
    static final long NOWHERE = -1;

    private boolean started;
    private int ssrc;
    private int baseTimestamp;
    private long basePosition;
    private long end;

    /**
     * @param arrival position of the packet's arrival
     * @return position of its first sample; {@link #NOWHERE} for a packet that time has no room for, so that neither a flood
     *     nor timestamps that jump make a track longer than the call
     */
    long place(int packetSsrc, int timestamp, int length, long arrival) {
        long position = basePosition + (timestamp - baseTimestamp);
        if (!started || packetSsrc != ssrc || Math.abs(position - arrival) > MAX_DRIFT) {
            position = Math.max(arrival, end);
            if (position - arrival > MAX_DRIFT) {
                return NOWHERE;
            }
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
