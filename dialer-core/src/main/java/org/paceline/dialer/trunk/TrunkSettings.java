package org.paceline.dialer.trunk;

/**
 * A trunk's limits.
 *
 * @param channels most calls at once
 * @param callsPerSecond most new calls a second
 * @param priority lower is tried first among a campaign's trunks of equal place
 */
public record TrunkSettings(TrunkId id, int channels, double callsPerSecond, int priority) {}
