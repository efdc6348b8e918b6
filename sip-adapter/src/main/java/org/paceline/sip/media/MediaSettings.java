package org.paceline.sip.media;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the media plane is started with, and how long a peer may be silent.
 *
 * @param firstPort first RTP port, even; 0 leaves the choice of ports to the operating system
 * @param lastPort last port of the range, inclusive
 * @param recordings directory for recordings, or null when nothing is ever recorded
 * @param silenceTimeoutMillis an answered call without any RTP for so long is ended; 0 for never
 * @param phoneTimeoutMillis an agent's phone that neither sends RTP nor answers OPTIONS for so long is off the line, at
 *     least 2,000; 0 for never
 */
public record MediaSettings(
        int firstPort, int lastPort, @Nullable Path recordings, long silenceTimeoutMillis, long phoneTimeoutMillis) {

    /** Without a watch of the phones. */
    public MediaSettings(int firstPort, int lastPort, @Nullable Path recordings, long silenceTimeoutMillis) {
        this(firstPort, lastPort, recordings, silenceTimeoutMillis, 0);
    }
}
