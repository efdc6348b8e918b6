package org.paceline.sip.media;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the media plane is started with, and how long a peer may be silent.
 *
 * @param firstPort first RTP port, even; 0 leaves the choice of ports to the operating system
 * @param lastPort last port of the range, inclusive
 * @param recordings directory for recordings, or null when nothing is ever recorded
 * @param silenceTimeoutMillis how long an answered call may have no RTP before it is ended; 0 for no limit
 * @param phoneTimeoutMillis how long an agent's phone may neither send RTP nor answer OPTIONS before it counts as off
 *     the line, at least 2,000; 0 for no limit
 */
public record MediaSettings(
        int firstPort,
        int lastPort,
        @Nullable Path recordings,
        long silenceTimeoutMillis,
        long phoneTimeoutMillis,
        MediaAddress address) {

    /** Makes settings for media that comes in where SIP does. */
    public MediaSettings(
            int firstPort,
            int lastPort,
            @Nullable Path recordings,
            long silenceTimeoutMillis,
            long phoneTimeoutMillis) {
        this(firstPort, lastPort, recordings, silenceTimeoutMillis, phoneTimeoutMillis, MediaAddress.OF_SIP);
    }

    /** Makes settings without a watch of the phones. */
    public MediaSettings(int firstPort, int lastPort, @Nullable Path recordings, long silenceTimeoutMillis) {
        this(firstPort, lastPort, recordings, silenceTimeoutMillis, 0);
    }
}
