package org.paceline.sip.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The direction in which media flows, from the point of view of the side that says it (RFC 3264 §5.1). */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    /** Returns the direction in our answer to this offer when we would send and receive (RFC 3264 §6.1). */
    public Direction answer() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }

    /** Whether the side that says this sends nothing. */
    public boolean sendsNothing() {
        return this == RECVONLY || this == INACTIVE;
    }

    /** Whether the side that says this wants nothing sent. */
    public boolean receivesNothing() {
        return this == SENDONLY || this == INACTIVE;
    }

    /** Returns the same direction for a side that has nothing to send. */
    Direction withoutSending() {
        return switch (this) {
            case SENDRECV, RECVONLY -> RECVONLY;
            case SENDONLY, INACTIVE -> INACTIVE;
        };
    }

    /** @return null for another attribute */
    static @Nullable Direction ofAttribute(String value) {
        for (Direction direction : values()) {
            if (direction.attribute().equals(value)) {
                return direction;
            }
        }
        return null;
    }

    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
