package org.paceline.sip.wire;

/** How long the opening of a connection may take. */
final class Limits {

    static final int CONNECT_MILLIS = 3_000;
    static final int HANDSHAKE_MILLIS = 5_000;

    private Limits() {}
}
