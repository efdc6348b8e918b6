package org.paceline.daemon.api;

import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentId;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.campaign.CampaignId;
import org.paceline.dialer.engine.Snapshot;

/**
 * The running dialer as the API sees it.
 *
 * <p>Thread: any; {@link #attemptsToday} and {@link #optOut} may wait for the database.
 */
public interface Floor {
    /** Characters of a reason for {@link #optOut}. */
    int LONGEST_REASON = 200;

    /** The newest state. */
    Snapshot snapshot();

    /** The campaigns in force; the snapshot shows a new one a moment later. */
    SequencedSet<CampaignId> campaigns();

    /**
     * Hands a command to the engine.
     *
     * @return its answer; fails with {@link BusyException} where the engine's inbox is full and nothing was taken
     */
    CompletableFuture<CommandResult> command(AgentId agent, AgentCommand command);

    /** Attempts already charged to the agent this local day, over all nodes. */
    int attemptsToday(AgentId agent) throws UnavailableException;

    /**
     * Puts a number on the do-not-call list, durably, and then holds it back from the very next dial.
     *
     * @param number as the user wrote it
     * @param campaign the one campaign that it covers, or null for all
     * @param source who entered it, {@code api:alice}
     * @param reason what the called party said, up to {@value #LONGEST_REASON} characters, or null
     * @return the number as it was understood, masked
     * @throws IllegalArgumentException in one line where it is no telephone number
     */
    String optOut(String number, @Nullable CampaignId campaign, String source, @Nullable String reason)
            throws UnavailableException;

    /** The engine has no room for a command now. */
    final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public BusyException() {
            super("the engine's inbox is full: try again in a second");
        }
    }

    /** The database does not answer. */
    final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnavailableException(Throwable cause) {
            super("the database does not answer: try again in a few seconds", cause);
        }
    }
}
