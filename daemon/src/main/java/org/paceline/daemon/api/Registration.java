package org.paceline.daemon.api;

/**
 * How a trunk's registration with its carrier stands, as the API shows it.
 *
 * @param secondsLeft for how long the carrier still knows us; 0 while it does not
 * @param reason what the last try came to, one line
 */
public record Registration(boolean registered, long secondsLeft, String reason) {}
