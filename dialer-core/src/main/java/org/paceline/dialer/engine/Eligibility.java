package org.paceline.dialer.engine;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Qualification;
import org.paceline.dialer.campaign.AgentDemands;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Campaign;

/**
 * Decides which campaigns' calls an agent gets: those the agent signed in to, and whose demands on qualification and
 * skills the agent meets today.
 *
 * <p>Thread: engine only.
 */
final class Eligibility {
    private final EngineState state;
    private final EventContext context;
    private final Matching matching;
    private final Map<AgentId, Map<CampaignId, Long>> lastDays = new HashMap<>();

    Eligibility(EngineState state, EventContext context, Matching matching) {
        this.state = state;
        this.context = context;
        this.matching = matching;
    }

    /** Returns those of the given campaigns that the agent may not serve, by name, each with the reason. */
    Map<CampaignId, String> leftOut(AgentId agent, Collection<CampaignId> campaigns) {
        Map<CampaignId, String> leftOut = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        for (CampaignId id : campaigns) {
            Campaign campaign = state.campaigns.get(id);
            String reason = campaign == null
                    ? null
                    : reason(agent, id, campaign.settings().demands());
            if (reason != null) {
                leftOut.put(id, reason);
            }
        }
        return leftOut;
    }

    private @Nullable String reason(AgentId agent, CampaignId campaign, AgentDemands demands) {
        if (demands.qualification()) {
            long lastDay = lastDays.getOrDefault(agent, Map.of()).getOrDefault(campaign, Qualification.NONE);
            if (lastDay == Qualification.NONE) {
                return "not qualified";
            }
            if (lastDay < context.day()) {
                return "qualification ended with " + LocalDate.ofEpochDay(lastDay);
            }
        }
        List<String> missing = new ArrayList<>(demands.skills());
        missing.removeAll(state.floorTerms().skillsOf(agent));
        return missing.isEmpty() ? null : "lacks the skill " + String.join(", ", missing);
    }

    /** Says for people which campaigns the agent does not serve. */
    static String notServed(Map<CampaignId, String> leftOut) {
        return "not served: " + written(leftOut);
    }

    /** Writes them in one line: {@code spring (not qualified), autumn (…)}. */
    static String written(Map<CampaignId, String> leftOut) {
        return leftOut.entrySet().stream()
                .map(out -> out.getKey() + " (" + out.getValue() + ")")
                .collect(Collectors.joining(", "));
    }

    void on(Event.AgentsQualified event) {
        for (Qualification qualification : event.qualifications()) {
            lastDays.computeIfAbsent(qualification.agent(), _ -> new HashMap<>())
                    .put(qualification.campaign(), qualification.lastDay());
        }
        judge(event.qualifications().stream()
                .map(Qualification::agent)
                .distinct()
                .map(state.floor::find)
                .filter(Objects::nonNull)
                .toList());
    }

    /** Judges all agents again, for a new day or new demands or skills. */
    void judgeAll() {
        judge(List.copyOf(state.floor.agents()));
    }

    /**
     * Judges these agents again. A running call is not touched; the agent's next call is for one of the campaigns that
     * are left.
     */
    private void judge(List<Agent> agents) {
        List<Agent> changed = new ArrayList<>();
        for (Agent agent : agents) {
            if (agent.state() != AgentState.SIGNED_OUT) {
                Map<CampaignId, String> leftOut = leftOut(agent.id(), agent.campaigns());
                if (!leftOut.equals(agent.leftOut())) {
                    agent.servesAllBut(leftOut);
                    tell(agent);
                    changed.add(agent);
                }
            }
        }
        if (changed.isEmpty()) {
            return;
        }
        state.floor.requeue(context.day());
        for (Agent agent : changed) {
            agent.campaigns().forEach(context::touch);
            if (agent.state() == AgentState.READY && !agent.isKeptFree()) {
                matching.serveLongestWaiting(agent);
            }
        }
    }

    private void tell(Agent agent) {
        String what = agent.leftOut().isEmpty() ? "serves all campaigns" : notServed(agent.leftOut());
        context.emit(new Effect.AgentChanged(agent.id(), agent.state(), what, agent.call(), context.epochMillis()));
    }
}
