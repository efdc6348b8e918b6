package org.paceline.daemon.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code media}: RTP and recordings.
 *
 * @param firstPort first RTP port, even
 * @param lastPort last of the range, inclusive
 * @param recordings folder for recordings, or null where nothing is recorded
 * @param silenceTimeout how long a call may have no RTP before it is ended; zero for no limit
 * @param phoneTimeout how long an agent's phone may neither send RTP nor answer OPTIONS before it counts as off the
 *     line; zero for no limit
 * @param host the address that RTP binds to, or null for that of SIP
 * @param advertised the address that session descriptions name in place of the bound one, or null
 */
public record MediaConfig(
        int firstPort,
        int lastPort,
        @Nullable Path recordings,
        Duration silenceTimeout,
        Duration phoneTimeout,
        @Nullable InetAddress host,
        @Nullable InetAddress advertised) {}
