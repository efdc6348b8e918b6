package org.paceline.dialer.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.time.Moment;

/**
 * All agents and, for each campaign, its pool.
 *
 * <p>Thread: engine only.
 */
public final class Floor {
    private final Map<AgentId, Agent> agents = new HashMap<>();
    private final List<Agent> inOrder = new ArrayList<>();
    private final Map<CampaignId, Pool> pools = new LinkedHashMap<>();
    private int signedIn;

    public @Nullable Agent find(AgentId id) {
        return agents.get(id);
    }

    /** All agents in the order of their first sign-in; none ever leaves. */
    public List<Agent> agents() {
        return Collections.unmodifiableList(inOrder);
    }

    /** Agents on a shift, whatever they do. */
    public int signedIn() {
        return signedIn;
    }

    public Pool pool(CampaignId campaign) {
        return pools.computeIfAbsent(campaign, Pool::new);
    }

    /**
     * Begins a shift: the agent's line is being connected.
     *
     * @param leftOut the campaigns asked for that the agent does not serve, each with the reason
     */
    public Agent signIn(AgentId id, AgentCommand.SignIn asked, Map<CampaignId, String> leftOut, long day, Moment now) {
        Agent agent = agents.computeIfAbsent(id, unknown -> add(new Agent(unknown, this, now)));
        agent.signsIn(asked, leftOut, day, now);
        return agent;
    }

    private Agent add(Agent unknown) {
        inOrder.add(unknown);
        return unknown;
    }

    /** Sets how many attempts one agent may be charged with a day while serving that campaign. */
    public void agentDayCap(CampaignId campaign, int cap, long day) {
        pool(campaign).agentDayCap(cap);
        requeue(day);
    }

    /**
     * Puts every ready agent into the queues that the day's charges allow, longest idle first. This is done after
     * midnight and after a cap changed.
     */
    public void requeue(long day) {
        inOrder.stream()
                .filter(agent -> agent.state() == AgentState.READY)
                .sorted(Comparator.comparingLong(agent -> agent.since().nanos()))
                .forEach(agent -> {
                    dequeue(agent);
                    enqueue(agent, day);
                });
    }

    // ---- told by agents

    void begins(Agent agent) {
        signedIn++;
        countShift(agent, 1);
    }

    void ends(Agent agent) {
        signedIn--;
        countShift(agent, -1);
    }

    void enqueue(Agent agent, long day) {
        agent.serves().forEach(campaign -> pool(campaign).enqueue(agent, day));
    }

    /** The agent is about to change states, and waits in no queue. */
    void moves(Agent agent, AgentState before, AgentState next) {
        for (CampaignId campaign : agent.serves()) {
            Pool pool = pool(campaign);
            pool.dequeue(agent);
            pool.moves(before, next);
        }
    }

    void dequeue(Agent agent) {
        agent.serves().forEach(campaign -> pool(campaign).dequeue(agent));
    }

    void expects(Agent agent) {
        agent.serves().forEach(campaign -> pool(campaign).expectCall(agent));
    }

    void expectsNone(Agent agent, boolean wasKeptFree, long day) {
        agent.serves().forEach(campaign -> pool(campaign).expectNoCall(agent, wasKeptFree, day));
    }

    void countShift(Agent agent, int change) {
        for (CampaignId campaign : agent.serves()) {
            Pool pool = pool(campaign);
            if (change > 0) {
                pool.join(agent);
            } else {
                pool.leave(agent);
            }
            for (CampaignId other : agent.serves()) {
                if (!other.equals(campaign)) {
                    pool.countSharing(pool(other), change);
                }
            }
        }
    }
}
