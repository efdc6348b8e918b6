package org.paceline.dialer.call;

/** Who ended an answered call. */
public enum HungUpBy {
    CUSTOMER,
    /** We did, by order of the engine. */
    US,
    /** The announcement had been played. */
    ANNOUNCEMENT_END,
    /** No RTP came for the time-out. */
    MEDIA_TIMEOUT,
    /** The signalling failed: no ACK, a dialog error. */
    SIGNALLING
}
