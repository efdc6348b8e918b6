package org.paceline.sip.trunk;

import java.util.concurrent.TimeUnit;

/**
 * How a trunk's registration stands.
 *
 * @param registered whether the peer knows where we are
 * @param endsNanos when it ends if nothing more comes of it, monotonic; of no meaning while it is not registered
 * @param reason what the last try came to, one line
 */
public record RegistrationStatus(boolean registered, long endsNanos, String reason) {

    /** Returns for how long the peer still knows us, in whole seconds; 0 while it does not. */
    public long secondsLeft(long nowNanos) {
        return registered ? Math.max(0, TimeUnit.NANOSECONDS.toSeconds(endsNanos - nowNanos)) : 0;
    }
}
