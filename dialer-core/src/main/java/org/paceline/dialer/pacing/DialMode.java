package org.paceline.dialer.pacing;

/** How calls are paced. */
public enum DialMode {
    /** One call for each free agent. */
    PROGRESSIVE,
    /** A fixed number of lines for each free agent. */
    RATIO
}
