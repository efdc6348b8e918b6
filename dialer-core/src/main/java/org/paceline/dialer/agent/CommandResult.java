package org.paceline.dialer.agent;

/** What became of a command. */
public sealed interface CommandResult {

    /** @param state the agent's state after it */
    record Done(AgentState state) implements CommandResult {}

    /**
     * Nothing was changed.
     *
     * @param reason one line that says why and what would be right
     */
    record Refused(String reason) implements CommandResult {}
}
