package org.paceline.dialer.call;

/** Why we hang up an answered call. */
public enum HangUpCause {
    AGENT_HUNG_UP,
    AGENT_LINE_LOST,
    TALK_LIMIT,
    ABANDONED,
    DRAIN_TIMEOUT
}
