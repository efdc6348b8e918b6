package org.paceline.sip.stack;

import java.net.InetAddress;

/**
 * A datagram that came in.
 *
 * @param bytes exactly what was sent
 * @param receivedNanos monotonic
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record Datagram(byte[] bytes, InetAddress address, int port, long receivedNanos) {}
