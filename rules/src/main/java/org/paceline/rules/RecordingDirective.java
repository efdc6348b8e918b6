package org.paceline.rules;

/** How a permitted call is recorded. */
public enum RecordingDirective {
    /**
     * The whole talk is recorded, from the moment that agent and customer are joined; a dial is refused while no
     * recording can be written.
     */
    ALWAYS,
    /** The call is recorded only when the agent asks for it. */
    ON_DEMAND,
    NEVER
}
