package org.paceline.dialer.agent;

import org.jspecify.annotations.Nullable;

/** The result of a command. */
public sealed interface CommandResult {

    /**
     * @param state the agent's state after it
     * @param note one line on what was not done as asked, or null
     */
    record Done(AgentState state, @Nullable String note) implements CommandResult {
        /** The command was done just as it was asked. */
        public Done(AgentState state) {
            this(state, null);
        }
    }

    /**
     * Nothing was changed.
     *
     * @param reason one line that says why and what would be right
     */
    record Refused(String reason) implements CommandResult {}
}
