package org.paceline.dialer.agent;

/** What an agent does next, when the call and its wrap-up are over or the line is up again. */
public sealed interface AgentIntent {
    /** The agent will take customers. */
    record ReadyNext() implements AgentIntent {}

    /** The agent will pause. */
    record PauseNext(Pause pause) implements AgentIntent {}

    /** The agent will sign out. */
    record SignOutNext() implements AgentIntent {}
}
