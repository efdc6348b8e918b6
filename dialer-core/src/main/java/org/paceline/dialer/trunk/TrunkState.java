package org.paceline.dialer.trunk;

/** Whether a trunk takes calls. */
public enum TrunkState {
    UP,
    /** It does not answer, or its name does not resolve. */
    DOWN,
    /** It asked to be left alone for a while (503 with Retry-After). */
    BLOCKED,
    /** It failed call after call and takes none until the next try. */
    STOPPED,
    /** It was stopped, and one call is tried. */
    TRYING
}
