package org.paceline.sip.stack;

import java.net.InetAddress;

/**
 * A message that came in.
 *
 * @param bytes exactly what was sent
 * @param address the sender's
 * @param receivedNanos monotonic
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record Arrival(byte[] bytes, InetAddress address, long receivedNanos, Origin origin) {}
