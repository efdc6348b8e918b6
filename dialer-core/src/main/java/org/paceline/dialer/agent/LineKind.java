package org.paceline.dialer.agent;

/** How an agent's phone is on the line. */
public enum LineKind {
    /** Called at sign-in and kept up through the shift; customers are joined to it at once. */
    STANDING,
    /** Called for each customer who answered, and hung up after the talk. */
    PER_CALL
}
