package org.paceline.dialer.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.lead.Callback;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.Pool;

/**
 * Promised calls: fetches those that are due, and says which one is dialled next and for whom.
 *
 * <p>Thread: engine only.
 */
final class Callbacks {
    private final EngineState state;
    private final EventContext context;

    Callbacks(EngineState state, EventContext context) {
        this.state = state;
        this.context = context;
    }

    /**
     * The next lead to be dialled.
     *
     * @param only the one agent whose customer it is, or null for any agent
     */
    record Chosen(Lead lead, @Nullable Agent only) {}

    /** Takes the callback that is next in turn; null where none can be dialled now. */
    @Nullable
    Chosen next(Campaign campaign) {
        for (Lead lead : campaign.list().callbacks()) {
            Callback callback = lead.callback();
            AgentId owner = callback == null || isAnyones(callback, campaign) ? null : callback.agent();
            Agent only = owner == null ? null : state.floor.find(owner);
            if (owner == null || (only != null && mayBeKept(campaign, only))) {
                campaign.list().remove(lead.id());
                return new Chosen(lead, only);
            }
        }
        return null;
    }

    private boolean isAnyones(Callback callback, Campaign campaign) {
        long grace = campaign.settings().calls().callbacks().personalGraceMillis();
        return callback.agent() == null || context.epochMillis() >= callback.dueEpochMillis() + grace;
    }

    /** Whether the agent is free and no ringing call is counting on that agent. */
    private boolean mayBeKept(Campaign campaign, Agent agent) {
        Pool pool = campaign.pool();
        return pool.isUncalled(agent)
                && (campaign.settings().pacing().mode() == DialMode.PROGRESSIVE
                        || pool.linesInUseHereAndShared() < pool.ready());
    }

    /** Handles due callbacks: asks for their leads if an agent is there to take them. */
    void on(Event.CallbacksDue event) {
        Campaign campaign = state.campaigns.get(event.campaign());
        if (campaign == null || campaign.removed() || campaign.stop() != null || state.draining()) {
            return;
        }
        Set<AgentId> agents = new LinkedHashSet<>();
        for (Agent agent : state.floor.agents()) {
            if (agent.state() != AgentState.SIGNED_OUT && agent.campaigns().contains(campaign.id())) {
                agents.add(agent.id());
            }
        }
        if (!agents.isEmpty()) {
            long grace = campaign.settings().calls().callbacks().personalGraceMillis();
            context.emit(new Effect.RequestCallbacks(campaign.id(), agents, grace));
        }
    }

    void on(Event.CallbacksArrived event) {
        Campaign campaign = state.campaigns.get(event.campaign());
        if (campaign == null || campaign.removed() || state.draining()) {
            LeadNext unchanged = new LeadNext.Untouched();
            event.leads().forEach(lead -> context.emit(new Effect.LeadSettled(lead.id(), unchanged)));
            return;
        }
        for (Lead lead : event.leads()) {
            state.numbers.hold(lead.number().e164(), lead.history());
            campaign.list().add(lead);
        }
        context.touch(campaign.id());
    }
}
