package org.paceline.dialer.simulation;

import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.port.Telephony;

/**
 * The part that most simulated networks share: agents have standing lines, which come up and stay up, so that no phone
 * is called for a customer; tones and recordings change nothing. What becomes of calls is up to the subclass.
 *
 * <p>Thread: the world's.
 */
public abstract class SimulatedTelephony implements Telephony {
    protected final VirtualWorld world;
    private final long lineNanos;

    /** @param lineNanos how long it takes until an agent's line is up */
    protected SimulatedTelephony(VirtualWorld world, long lineNanos) {
        this.world = world;
        this.lineNanos = lineNanos;
    }

    @Override
    public void openLine(AgentId agent, AgentAddress at) {
        world.tellIn(lineNanos, new Event.LineOpened(agent));
    }

    @Override
    public void closeLine(AgentId agent) {}

    @Override
    public void ringAgent(AgentRing ring, AgentAddress at) {
        throw new IllegalStateException("all agents have standing lines: " + ring);
    }

    @Override
    public void stopRinging(AgentRing ring) {
        throw new IllegalStateException("all agents have standing lines: " + ring);
    }

    @Override
    public void warnAgent(CallId call) {}

    @Override
    public void record(CallId call) {}
}
