package org.paceline.sip.stack;

/**
 * Why a request did not reach its receiver (RFC 3261 §18.4).
 *
 * @param method of the request
 * @param reason a few words
 * @param isSent whether it was sent, so that the receiver may have it all the same
 * @param isLarge whether it went by TCP for its size alone; sent again, it goes by UDP (RFC 3261 §18.1.1)
 */
public record Unreachable(String method, String reason, boolean isSent, boolean isLarge) {}
