package org.paceline.daemon.api;

/**
 * A phone of an agent that is registered, as the API shows it.
 *
 * @param from where it registered from, as {@code ip:port}
 * @param contact the address that it gives itself
 * @param secondsLeft for how long it is registered
 * @param nat whether a NAT stands between
 */
public record RegisteredPhone(String from, String contact, String userAgent, long secondsLeft, boolean nat) {}
