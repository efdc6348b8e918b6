package org.paceline.dialer.port;

import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;

/**
 * The telephone network. Every method returns at once; results come back as {@link org.paceline.dialer.event.Event}s,
 * in order per call. Each dialled call ends with exactly one {@code CallFailed} (never answered), {@code CallHungUp}
 * (was answered) or {@code CallNotSent} (no byte of it can have left), whatever happens; a call or agent that is not known (any more) is ignored.
 *
 * <p>Thread: any; {@code dial} and {@code cancel} come from a thread of their own, the rest from the engine.
 */
public interface Telephony {

    void dial(CallId call, DialOrder order);

    /** Ends a call that is not answered. */
    void cancel(CallId call);

    /** Joins the customer with the agent's standing line, now; {@code CallConnected} follows. */
    void connect(CallId call, AgentId agent);

    /**
     * Calls the agent's phone and joins the customer with it once it is answered: {@code AgentAnswered} or {@code AgentMissed}
     * follows, unless the ring is stopped or the customer's call ends before. After {@code AgentAnswered} the phone is hung up
     * when the customer's call ends; if it hangs up before, {@code AgentHungUp} follows.
     */
    void ringAgent(AgentRing ring, AgentAddress at);

    /** Ends that ring; the customer stays on the line. */
    void stopRinging(AgentRing ring);

    /** Plays a short tone to the agent who talks with the customer; the customer does not hear it. */
    void warnAgent(CallId call);

    /** Records a joined call from now on, unless it is recorded already. */
    void record(CallId call);

    /** Plays the sound to the answered customer, then hangs up. */
    void announce(CallId call, Announcement announcement);

    /** Ends an answered call; the agent's line stays up. */
    void hangUp(CallId call, HangUpCause cause);

    /** Calls the agent's phone and keeps the line up, with retries, until {@link #closeLine}. */
    void openLine(AgentId agent, AgentAddress at);

    void closeLine(AgentId agent);
}
