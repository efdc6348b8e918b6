package org.paceline.daemon.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.dialer.trunk.TrunkTraffic;

/** The running engine as the API sees it: its newest snapshot, and commands for agents. Thread: any; never waits. */
public interface EnginePort {

    /** Returns the agents that ever signed in. */
    List<Snapshot.AgentStatus> agents();

    /**
     * Returns every campaign: those that the engine has, removed ones included as long as it shows them, and those in
     * force that it has not taken up yet, which do not dial.
     */
    List<Snapshot.CampaignStatus> campaigns();

    List<Snapshot.TrunkStatus> trunks();

    /** Returns the addresses of the trunks, those of one trunk in the order of the configuration. */
    List<AddressStatus> trunkAddresses();

    /** Returns how the registrations stand, of the trunks that have one. */
    List<RegistrationStatus> registrations();

    /** Returns what became of the INVITEs to each trunk. */
    List<TrunkTraffic> trunkTraffic();

    List<CallerIdHealth> callerIds();

    /** Returns the script that a campaign's agents read from, or null. */
    @Nullable
    ScriptFile script(CampaignId campaign);

    /**
     * Hands a command to the engine.
     *
     * @return its answer; fails with {@link BusyException} where the engine's inbox is full and nothing was taken
     */
    CompletableFuture<CommandResult> command(AgentId agent, AgentCommand command);

    /**
     * Returns a result that completes once all that the engine did up to now is stored, so that no kill takes it back. It
     * does not complete while the database fails.
     */
    CompletableFuture<@Nullable Void> stored();

    /** The engine has no room for a command now. */
    final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public BusyException() {
            super("the engine's inbox is full: try again in a second");
        }
    }
}
