package org.paceline.dialer.trunk;

import org.paceline.dialer.id.TrunkId;

/**
 * How a trunk's registration with its carrier stands (RFC 3261 §10).
 *
 * @param registered whether the carrier knows where we are
 * @param secondsLeft for how long it still does if nothing more comes of it; 0 while it does not
 * @param reason what the last try came to, one line
 */
public record RegistrationStatus(TrunkId trunk, boolean registered, long secondsLeft, String reason) {}
