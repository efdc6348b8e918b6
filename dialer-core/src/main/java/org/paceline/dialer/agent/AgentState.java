package org.paceline.dialer.agent;

/** An agent's states. */
public enum AgentState {
    SIGNED_OUT,
    /** The standing line is being called. */
    LINE_CONNECTING,
    READY,
    /** A customer who answered is being joined; a phone that is called for each customer rings. */
    RESERVED,
    TALKING,
    WRAP_UP,
    PAUSED
}
