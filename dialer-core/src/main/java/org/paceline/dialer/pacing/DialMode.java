package org.paceline.dialer.pacing;

/** How calls are paced. */
public enum DialMode {
    /** One call for each free agent. */
    PROGRESSIVE,
    /** A fixed number of lines for each free agent. */
    RATIO,
    /** As many calls as will be answered when agents come free, under the limits of abandoned calls. */
    PREDICTIVE
}
