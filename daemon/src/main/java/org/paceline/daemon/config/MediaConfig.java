package org.paceline.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code media}: RTP and recordings.
 *
 * @param firstPort first RTP port, even
 * @param lastPort last of the range, inclusive
 * @param recordings folder for recordings, or null where nothing is recorded
 * @param silenceTimeout a call without any RTP for so long is ended; zero for never
 * @param phoneTimeout an agent's phone that neither sends RTP nor answers OPTIONS for so long is off the line; zero for
 *     never
 */
public record MediaConfig(
        int firstPort, int lastPort, @Nullable Path recordings, Duration silenceTimeout, Duration phoneTimeout) {}
