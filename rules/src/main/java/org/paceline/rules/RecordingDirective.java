package org.paceline.rules;

/** How a permitted call is recorded. */
public enum RecordingDirective {
    /** From the moment that agent and customer are joined to the end; a dial is refused while none can be written. */
    ALWAYS,
    /** Only when the agent asks for it. */
    ON_DEMAND,
    NEVER
}
