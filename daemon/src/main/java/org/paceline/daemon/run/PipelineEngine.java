package org.paceline.daemon.run;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.EnginePort;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pipeline.Pipeline;
import org.paceline.dialer.trunk.AddressStatus;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.dialer.trunk.RegistrationStatus;
import org.paceline.dialer.trunk.TrunkTraffic;
import org.paceline.sip.SipTelephony;

/** The engine behind its pipeline, with the campaigns in force and the trunks as telephony sees them. Thread: any. */
final class PipelineEngine implements EnginePort {
    private final Pipeline pipeline;
    private final CampaignTable campaigns;
    private final SipTelephony telephony;

    PipelineEngine(Pipeline pipeline, CampaignTable campaigns, SipTelephony telephony) {
        this.pipeline = pipeline;
        this.campaigns = campaigns;
        this.telephony = telephony;
    }

    @Override
    public List<Snapshot.AgentStatus> agents() {
        return pipeline.snapshot().agents();
    }

    @Override
    public List<Snapshot.CampaignStatus> campaigns() {
        return campaigns.with(pipeline.snapshot().campaigns());
    }

    @Override
    public List<Snapshot.TrunkStatus> trunks() {
        return pipeline.snapshot().trunks();
    }

    @Override
    public List<AddressStatus> trunkAddresses() {
        return telephony.trunkAddresses();
    }

    @Override
    public List<TrunkTraffic> trunkTraffic() {
        return telephony.trunkTraffic();
    }

    @Override
    public List<RegistrationStatus> registrations() {
        return telephony.registrations();
    }

    @Override
    public List<CallerIdHealth> callerIds() {
        return pipeline.snapshot().callerIds();
    }

    @Override
    public @Nullable ScriptFile script(CampaignId campaign) {
        return campaigns.script(campaign);
    }

    @Override
    public CompletableFuture<CommandResult> command(AgentId agent, AgentCommand command) {
        return pipeline.command(agent, command)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof IllegalStateException ? new BusyException() : failure));
    }

    @Override
    public CompletableFuture<@Nullable Void> stored() {
        return pipeline.stored();
    }
}
