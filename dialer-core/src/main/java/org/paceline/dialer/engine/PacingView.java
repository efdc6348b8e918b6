package org.paceline.dialer.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentIntent;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.forecast.CallForecast;
import org.paceline.dialer.forecast.ServiceLaw.Phase;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadGroup;
import org.paceline.dialer.pacing.AbandonmentBooks;
import org.paceline.dialer.pacing.PacingSettings;
import org.paceline.dialer.pacing.Situation;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.Pool;
import org.paceline.dialer.trunk.TrunkCapacity;

/** The world as one campaign's pacer sees it, at one moment. */
final class PacingView implements Situation {
    private final EngineState state;
    private final EventContext context;
    private final Campaign campaign;
    private final Pool pool;
    private @Nullable TrunkCapacity capacity;
    private @Nullable List<CallForecast> sharing;

    PacingView(EngineState state, EventContext context, Campaign campaign) {
        this.state = state;
        this.context = context;
        this.campaign = campaign;
        this.pool = campaign.pool();
    }

    static LeadGroup group(Lead lead) {
        String segment = lead.traits().segment();
        return new LeadGroup(
                segment == null ? lead.traits().grade() : segment,
                lead.attempts(),
                lead.number().kind());
    }

    @Override
    public long nowNanos() {
        return context.nanos();
    }

    @Override
    public CampaignId campaign() {
        return campaign.id();
    }

    @Override
    public PacingSettings settings() {
        return campaign.settings().pacing();
    }

    @Override
    public AbandonmentBooks abandonments() {
        return campaign.abandonments();
    }

    @Override
    public int agentsSignedIn() {
        return pool.signedIn();
    }

    @Override
    public int agentsReady() {
        return pool.ready();
    }

    @Override
    public int agentsUncalled() {
        return pool.uncalled();
    }

    /**
     * Visits the busy agents. An agent who is about to pause or sign out takes no customer after this one, and is left
     * out.
     */
    @Override
    public void busyAgents(BusyAgents visitor) {
        for (Agent agent : pool.members()) {
            if (agent.intent() != null && !(agent.intent() instanceof AgentIntent.ReadyNext)) {
                continue;
            }
            if (agent.state() == AgentState.RESERVED) {
                visitor.agent(agent.id(), campaign.service(), Phase.TALK, context.nanos());
                continue;
            }
            Call call = agent.lastCall();
            if (call != null && agent.state() == AgentState.TALKING) {
                visitor.agent(
                        agent.id(),
                        call.campaign().service(),
                        Phase.TALK,
                        agent.since().nanos());
            } else if (call != null && agent.state() == AgentState.WRAP_UP) {
                visitor.agent(
                        agent.id(),
                        call.campaign().service(),
                        Phase.WRAP_UP,
                        agent.since().nanos());
            }
        }
    }

    @Override
    public double meanServiceSeconds() {
        return campaign.service().meanServiceSeconds();
    }

    @Override
    public int callsUnassigned() {
        return pool.linesInUseHereAndShared();
    }

    @Override
    public int callsWaiting() {
        return pool.waitingHereAndShared();
    }

    @Override
    public CallForecast calls() {
        return campaign.forecast();
    }

    @Override
    public List<CallForecast> callsOfSharing() {
        List<CallForecast> found = sharing;
        if (found == null) {
            List<CallForecast> others = new ArrayList<>();
            pool.forEachOther(id -> {
                Campaign other = state.campaigns.get(id);
                if (other != null) {
                    others.add(other.forecast());
                }
            });
            sharing = others;
            found = others;
        }
        return found;
    }

    @Override
    public double lowestPriceOfSharing() {
        double[] lowest = {1};
        pool.forEachOther(id -> {
            Campaign other = state.campaigns.get(id);
            if (other != null && !other.forecast().inFlight().isEmpty()) {
                lowest[0] = Math.min(lowest[0], other.pacer().price());
            }
        });
        return lowest[0];
    }

    @Override
    public TrunkCapacity trunkCapacity() {
        TrunkCapacity found = capacity;
        if (found == null) {
            found = state.trunks
                    .capacity(campaign.settings().trunks(), context.moment())
                    .atMost(portsLeft())
                    .atMost(state.journal.room(context.nanos()))
                    .atMost(linesLeft());
            capacity = found;
        }
        return found;
    }

    private int linesLeft() {
        return settings().maxLines() - campaign.calls().live();
    }

    private int portsLeft() {
        return state.ports.room(state.calls.size(), state.floor.signedIn(), context.nanos());
    }

    /** Returns the most fundamental limit. */
    @Override
    public String capacityLimit() {
        if (portsLeft() <= trunkCapacity().calls()) {
            return state.ports.limit(state.calls.size(), state.floor.signedIn());
        }
        if (state.journal.room(context.nanos()) <= trunkCapacity().calls()) {
            return state.journal.limit(context.nanos());
        }
        if (linesLeft() <= trunkCapacity().calls()) {
            return "max-lines=" + settings().maxLines() + " calls are under way";
        }
        return state.trunks.limit(campaign.settings().trunks(), context.moment());
    }

    @Override
    public @Nullable LeadGroup choose(int after, boolean likeliest) {
        CallForecast forecast = campaign.forecast();
        ToDoubleFunction<Lead> chance = forecast.tellsLeadsApart() ? lead -> forecast.chance(group(lead)) : _ -> 0;
        Lead lead = campaign.list().choose(after, chance, likeliest);
        return lead == null ? null : group(lead);
    }
}
