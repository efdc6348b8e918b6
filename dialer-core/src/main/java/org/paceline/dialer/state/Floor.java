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
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.time.Moment;

/**
 * All agents and, for each campaign, its pool. The one place where an agent's state changes.
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
     * @param leftOut of the campaigns asked for, those that the agent does not serve, with the reason
     */
    public Agent signIn(AgentId id, AgentCommand.SignIn asked, Map<CampaignId, String> leftOut, long day, Moment now) {
        Agent agent = agents.computeIfAbsent(id, unknown -> add(new Agent(unknown, now)));
        agent.campaigns(asked.campaigns(), leftOut);
        agent.learn(day, asked.today());
        agent.intent(null);
        agent.enter(AgentState.LINE_CONNECTING, null, now);
        countShift(agent, 1);
        signedIn++;
        return agent;
    }

    private Agent add(Agent unknown) {
        inOrder.add(unknown);
        return unknown;
    }

    /** Sets which of the campaigns a signed-in agent does not serve; {@link #requeue} then puts who is ready. */
    public void leaveOut(Agent agent, Map<CampaignId, String> leftOut) {
        agent.serves().forEach(campaign -> pool(campaign).dequeue(agent));
        countShift(agent, -1);
        agent.leaveOut(leftOut);
        countShift(agent, 1);
    }

    /** Changes the state of a signed-in agent. A ready agent goes to the end of the queues of its campaigns. */
    public void move(Agent agent, AgentState next, @Nullable String reason, long day, Moment now) {
        agent.serves().forEach(campaign -> pool(campaign).dequeue(agent));
        if (next == AgentState.SIGNED_OUT) {
            signedIn--;
            countShift(agent, -1);
        } else {
            agent.serves().forEach(campaign -> pool(campaign).moves(agent.state(), next));
        }
        agent.enter(next, reason, now);
        if (next == AgentState.READY) {
            agent.serves().forEach(campaign -> pool(campaign).enqueue(agent, day));
        }
    }

    /**
     * A call is placed for this agent.
     *
     * @param keepsFree whether no other customer may have the agent meanwhile
     */
    public void expectCall(Agent agent, CallId call, boolean keepsFree) {
        agent.expecting(call, keepsFree);
        agent.serves().forEach(campaign -> pool(campaign).expectCall(agent));
    }

    /** The call placed for this agent is answered or over. */
    public void expectNoCall(Agent agent, long day) {
        boolean wasKeptFree = agent.isKeptFree();
        agent.expectsNone();
        if (agent.state() == AgentState.READY) {
            agent.serves().forEach(campaign -> pool(campaign).expectNoCall(agent, wasKeptFree, day));
        }
    }

    /** Charges attempts to the agent's day; it counts when the agent is next ready. */
    public void charge(Agent agent, long day, int attempts) {
        agent.charge(day, attempts);
    }

    /** An attempt that was charged to that day was not made after all. */
    public void uncharge(Agent agent, long day) {
        agent.uncharge(day);
    }

    /** Sets the most attempts that one agent is charged with a day while serving that campaign. */
    public void agentDayCap(CampaignId campaign, int cap, long day) {
        pool(campaign).agentDayCap(cap);
        requeue(day);
    }

    /** Puts every ready agent where the day's charges allow, longest idle first: after midnight, after a cap changed. */
    public void requeue(long day) {
        inOrder.stream()
                .filter(agent -> agent.state() == AgentState.READY)
                .sorted(Comparator.comparingLong(agent -> agent.since().nanos()))
                .forEach(agent -> agent.serves().forEach(campaign -> {
                    Pool pool = pool(campaign);
                    pool.dequeue(agent);
                    pool.enqueue(agent, day);
                }));
    }

    private void countShift(Agent agent, int change) {
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
