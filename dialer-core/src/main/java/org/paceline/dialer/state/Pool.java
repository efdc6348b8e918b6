package org.paceline.dialer.state;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.id.CampaignId;

/**
 * The agents of one campaign: who is ready, longest idle first, and who is ready with no call placed for them yet.
 *
 * <p>Thread: engine only.
 */
public final class Pool {
    private final LinkedHashSet<Agent> ready = new LinkedHashSet<>();
    private final LinkedHashSet<Agent> uncalled = new LinkedHashSet<>();
    private final Map<Pool, Integer> sharing = new LinkedHashMap<>(); // the same order in every run
    private final LinkedHashSet<Agent> members = new LinkedHashSet<>();
    private final Map<AgentState, Integer> membersByState = new EnumMap<>(AgentState.class);
    private final CallCounts calls = new CallCounts();
    private final CampaignId campaign;
    private int agentDayCap = Integer.MAX_VALUE;

    Pool(CampaignId campaign) {
        this.campaign = campaign;
    }

    /** The campaign's live calls. */
    public CallCounts calls() {
        return calls;
    }

    /** Visits this campaign and all that share an agent with it: a line that comes free here may be used there. */
    public void forEachSharing(Consumer<CampaignId> action) {
        action.accept(campaign);
        sharing.keySet().forEach(pool -> action.accept(pool.campaign));
    }

    /** The agent who has been ready for longest and is not kept free for a call, or null. */
    public @Nullable Agent longestIdle() {
        return ready.isEmpty() ? null : ready.getFirst();
    }

    /** The longest-idle agent for whom no call is placed yet, or null. */
    public @Nullable Agent longestIdleUncalled() {
        return uncalled.isEmpty() ? null : uncalled.getFirst();
    }

    public int ready() {
        return ready.size();
    }

    /** Whether the agent is ready and no call is placed for this one yet. */
    public boolean isUncalled(Agent agent) {
        return uncalled.contains(agent);
    }

    public int uncalled() {
        return uncalled.size();
    }

    public int signedIn() {
        return members.size();
    }

    /** Agents who serve the campaign, whatever they do, in the order of their shifts. */
    public Set<Agent> members() {
        return Collections.unmodifiableSet(members);
    }

    /** How many of {@link #members} are in that state. */
    public int count(AgentState state) {
        return membersByState.getOrDefault(state, 0);
    }

    /** How many of {@link #members} take calls, or will when they are done with one. */
    public int atWork() {
        return members.size() - count(AgentState.PAUSED) - count(AgentState.LINE_CONNECTING);
    }

    /** Whether an agent is ready, or will be after the customer in hand. */
    public boolean takesCustomers() {
        if (!ready.isEmpty()) {
            return true;
        }
        for (Agent agent : members) {
            if (agent.takesNextCustomer()) {
                return true;
            }
        }
        return false;
    }

    /** Answered calls that wait for an agent, of this campaign and of all that share an agent with it. */
    public int waitingHereAndShared() {
        int waiting = calls.in(CallState.WAITING);
        for (Pool pool : sharing.keySet()) {
            waiting += pool.calls.in(CallState.WAITING);
        }
        return waiting;
    }

    /** The campaigns that share an agent with this one. */
    public void forEachOther(Consumer<CampaignId> action) {
        sharing.keySet().forEach(pool -> action.accept(pool.campaign));
    }

    /** Calls not yet with an agent, of this campaign and of all that share an agent with it. */
    public int linesInUseHereAndShared() {
        int lines = calls.unassigned();
        for (Pool pool : sharing.keySet()) {
            lines += pool.calls.unassigned();
        }
        return lines;
    }

    void agentDayCap(int cap) {
        agentDayCap = cap;
    }

    void enqueue(Agent agent, long day) {
        if (agent.load().chargedOn(day) >= agentDayCap) {
            return;
        }
        if (!agent.isKeptFree()) {
            ready.add(agent);
        }
        if (agent.expecting() == null) {
            uncalled.add(agent);
        }
    }

    void dequeue(Agent agent) {
        ready.remove(agent);
        uncalled.remove(agent);
    }

    void expectCall(Agent agent) {
        uncalled.remove(agent);
        if (agent.isKeptFree()) {
            ready.remove(agent);
        }
    }

    void expectNoCall(Agent agent, boolean wasKeptFree, long day) {
        if (agent.load().chargedOn(day) >= agentDayCap) {
            ready.remove(agent);
        } else if (wasKeptFree || ready.contains(agent)) {
            ready.add(agent);
            uncalled.add(agent);
        }
    }

    void join(Agent agent) {
        members.add(agent);
        membersByState.merge(agent.state(), 1, Integer::sum);
    }

    void leave(Agent agent) {
        members.remove(agent);
        membersByState.merge(agent.state(), -1, Integer::sum);
    }

    /** A member changes its state. */
    void moves(AgentState before, AgentState next) {
        membersByState.merge(before, -1, Integer::sum);
        membersByState.merge(next, 1, Integer::sum);
    }

    void countSharing(Pool other, int change) {
        sharing.merge(other, change, (agents, more) -> agents + more == 0 ? null : agents + more);
    }
}
