package org.paceline.daemon.api;

import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.agents.AgentSession;
import org.paceline.daemon.agents.QualificationWord;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.leads.RefusedLead;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentDay;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.OptOut;

/**
 * The running dialer as the API sees it.
 *
 * <p>Thread: any; all but {@link #snapshot}, {@link #campaigns} and {@link #command} may wait for the database.
 */
public interface Floor {
    /** Characters of a reason for {@link #optOut}. */
    int LONGEST_REASON = 200;

    /** The newest state. */
    Snapshot snapshot();

    /** The campaigns in force; the snapshot shows a new one a moment later. */
    SequencedSet<CampaignId> campaigns();

    /** What a campaign's agents read from, or null. */
    @Nullable
    ScriptFile script(CampaignId campaign);

    /**
     * Hands a command to the engine.
     *
     * @return its answer; fails with {@link BusyException} where the engine's inbox is full and nothing was taken
     */
    CompletableFuture<CommandResult> command(AgentId agent, AgentCommand command);

    /** The agent's load of this local day, over all nodes. */
    AgentDay today(AgentId agent) throws UnavailableException;

    /** The agent's shifts that reach into a time, epoch milliseconds, its end exclusive, by their begin. */
    List<AgentSession> sessions(AgentId agent, long fromEpochMillis, long toEpochMillis) throws UnavailableException;

    /** The agent's qualifications, those over included, by campaign. */
    List<QualificationWord> qualifications(AgentId agent) throws UnavailableException;

    /**
     * Says until when an agent is qualified, durably; it holds at once.
     *
     * @param by who says it, {@code supervisor:boss}
     */
    void qualify(Qualification qualification, String by) throws UnavailableException;

    /**
     * Puts a number on the do-not-call list, durably, and then holds it back from the very next dial.
     *
     * @param number as the user wrote it
     * @param campaign the one campaign that it covers, or null for all
     * @param source who entered it, {@code agent:alice}
     * @param reason what the called party said, up to {@value #LONGEST_REASON} characters, or null
     * @return the number as it was understood, masked
     * @throws IllegalArgumentException in one line where it is no telephone number
     */
    String optOut(String number, @Nullable CampaignId campaign, String source, @Nullable String reason)
            throws UnavailableException;

    /**
     * A number's do-not-call entries, expired ones too.
     *
     * @throws IllegalArgumentException in one line where it is no telephone number
     */
    List<DoNotCall> doNotCall(String number) throws UnavailableException;

    /**
     * Takes a number's do-not-call entries out, which holds within a second; who did it and why is kept.
     *
     * @param campaign only the entries for this campaign, or null for every entry
     * @param complaint whether to take out what a complaint blocks, or what was asked for
     * @return what was taken out
     * @throws IllegalArgumentException in one line where it is no telephone number
     */
    List<DoNotCall> optIn(String number, @Nullable CampaignId campaign, boolean complaint, String by, String reason)
            throws UnavailableException;

    /**
     * An entry of the do-not-call list. Times are epoch milliseconds.
     *
     * @param campaign null for all
     * @param untilEpochMillis {@link Long#MAX_VALUE} for never
     */
    record DoNotCall(
            @Nullable String campaign,
            OptOut.Kind kind,
            String source,
            long enteredAtEpochMillis,
            long untilEpochMillis) {}

    /**
     * A campaign's leads with their last refusal, the latest first.
     *
     * @param beforeEpochMillis refusals of this time go on below {@code beforeLead}; {@link Long#MAX_VALUE} to begin
     */
    List<RefusedLead> refusals(CampaignId campaign, long beforeEpochMillis, long beforeLead, int most)
            throws UnavailableException;

    /** How many of a campaign's leads were last refused by which rule. */
    Map<String, Long> refusedLeadsByRule(CampaignId campaign) throws UnavailableException;

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
