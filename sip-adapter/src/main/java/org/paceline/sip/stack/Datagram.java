package org.paceline.sip.stack;

import java.net.InetAddress;

/**
 * What came in.
 *
 * @param bytes exactly what was sent
 * @param receivedNanos monotonic
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Datagram(byte[] bytes, InetAddress address, int port, long receivedNanos) {}
