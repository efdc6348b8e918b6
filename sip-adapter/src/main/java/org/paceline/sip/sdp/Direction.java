package org.paceline.sip.sdp;

import java.util.Locale;

/** Which way media flows, from the point of view of who says it (RFC 3264 §5.1). */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    /** What an answer says to this offer when we would send and receive (RFC 3264 §6.1). */
    public Direction answer() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }

    /** Whether who says this sends nothing. */
    public boolean sendsNothing() {
        return this == RECVONLY || this == INACTIVE;
    }

    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
