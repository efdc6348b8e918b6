package org.paceline.dialer.agent;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;

/**
 * A command of an agent, or of a supervisor for the agent.
 *
 * <p>A command about a call names it: between the click and the engine the next customer may have been connected, and a
 * command that was meant for one must never be applied to the other.
 */
public sealed interface AgentCommand {

    /**
     * Opens the line where it is a standing one; the agent is then paused until {@link Ready}.
     *
     * @param campaigns whose customers the agent takes; never empty
     * @param today the agent's load of this local day so far, from the database
     */
    record SignIn(AgentAddress address, Set<CampaignId> campaigns, AgentDay today) implements AgentCommand {
        /** @param attemptsToday attempts already charged to the agent this local day */
        public SignIn(AgentAddress address, Set<CampaignId> campaigns, int attemptsToday) {
            this(address, campaigns, new AgentDay(attemptsToday, 0, 0));
        }
    }

    /** Closes the line; while talking, after the call. */
    record SignOut() implements AgentCommand {}

    /** Takes customers from now on; ends wrap-up. */
    record Ready() implements AgentCommand {}

    /**
     * Takes no more customers; while talking, after the call's wrap-up.
     *
     * @param reason a code of the floor's list, or any text where it has none
     * @param note what the agent adds, or null
     */
    record Pause(String reason, @Nullable String note) implements AgentCommand {
        /** A pause without a note. */
        public Pause(String reason) {
            this(reason, null);
        }
    }

    /**
     * Ends wrap-up.
     *
     * @param call whose wrap-up it is, or null for the one that the agent is in; not null with a disposition
     * @param disposition what the agent says of the call, or null
     */
    record EndWrapUp(@Nullable CallId call, @Nullable String disposition) implements AgentCommand {
        public EndWrapUp {
            if (call == null && disposition != null) {
                throw new IllegalArgumentException("disposition=" + disposition + ": must name its call");
            }
        }
    }

    /**
     * Says what became of a call that the agent talks on or talked on lately; a later word replaces an earlier one.
     */
    record Dispose(CallId call, String disposition) implements AgentCommand {}

    /**
     * Promises another call to the customer of a call that the agent talks on or talked on lately.
     *
     * @param personal whether it is this agent's, or any agent's
     */
    record CallBack(
            CallId call,
            long dueEpochMillis,
            boolean personal,
            @Nullable String note) implements AgentCommand {}

    /**
     * Writes a note on a call that the agent talks on or talked on lately; all of them are kept.
     *
     * @param text one or more lines, at most {@value #LONGEST} characters
     */
    record Note(CallId call, String text) implements AgentCommand {
        /** The longest text, in characters. */
        public static final int LONGEST = 2_000;
    }

    /** Records the rest of the talk, in a campaign that records on demand. */
    record StartRecording(CallId call) implements AgentCommand {}

    /** Ends the talk. */
    record HangUp(CallId call) implements AgentCommand {}
}
