package org.paceline.bench.engine;

import java.util.Random;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.simulation.SimulatedTelephony;
import org.paceline.dialer.simulation.VirtualWorld;

/** A public that is busy, does not answer or talks, in haste. Thread: the world's. */
final class LoadNetwork extends SimulatedTelephony {
    private static final double ANSWER_SECONDS = 8;
    private static final double UNANSWERED_SECONDS = 20;
    private static final double TALK_SECONDS = 90;

    private static final int ANSWERED_PERCENT = 40;
    private static final int BUSY_PERCENT = 10;
    private static final int INVALID_PERCENT = 5;
    private static final int AGENT_HANGS_UP_PERCENT = 30;

    private static final long MICRO = 1_000L;
    private static final long CARRIER_NANOS = 30_000 * MICRO;
    private static final long JOIN_NANOS = 3_000 * MICRO;

    private final Random random;
    private final Haste haste;

    LoadNetwork(VirtualWorld world, Random random, Haste haste) {
        super(world, CARRIER_NANOS);
        this.random = random;
        this.haste = haste;
    }

    @Override
    public void dial(CallId call, DialOrder order) {
        world.tellIn(CARRIER_NANOS, new Event.CallRinging(call));
        int fate = random.nextInt(100);
        if (fate < ANSWERED_PERCENT) {
            world.tellIn(CARRIER_NANOS + life(ANSWER_SECONDS), new Event.CallAnswered(call));
        } else if (fate < ANSWERED_PERCENT + BUSY_PERCENT) {
            fails(2 * CARRIER_NANOS, call, Outcome.BUSY);
        } else if (fate < ANSWERED_PERCENT + BUSY_PERCENT + INVALID_PERCENT) {
            fails(2 * CARRIER_NANOS, call, Outcome.INVALID_NUMBER);
        } else {
            fails(CARRIER_NANOS + haste.nanos(UNANSWERED_SECONDS), call, Outcome.NO_ANSWER);
        }
    }

    @Override
    public void cancel(CallId call) {
        fails(CARRIER_NANOS, call, Outcome.CANCELLED);
    }

    @Override
    public void connect(CallId call, AgentId agent) {
        world.tellIn(JOIN_NANOS, new Event.CallConnected(call, agent, JOIN_NANOS / MICRO));
        long talk = JOIN_NANOS + life(TALK_SECONDS);
        if (random.nextInt(100) < AGENT_HANGS_UP_PERCENT) {
            world.tellIn(talk, new Event.AgentCommanded(call.value(), agent, new AgentCommand.HangUp(call)));
        } else {
            hungUp(talk, call, HungUpBy.CUSTOMER);
        }
    }

    @Override
    public void announce(CallId call, Announcement announcement) {
        hungUp(CARRIER_NANOS, call, HungUpBy.ANNOUNCEMENT_END);
    }

    @Override
    public void hangUp(CallId call, HangUpCause cause) {
        hungUp(CARRIER_NANOS, call, HungUpBy.US);
    }

    private void fails(long afterNanos, CallId call, Outcome outcome) {
        world.tellIn(afterNanos, new Event.CallFailed(call, outcome, CallCause.NONE, false));
    }

    private void hungUp(long afterNanos, CallId call, HungUpBy by) {
        world.tellIn(afterNanos, new Event.CallHungUp(call, by, CallCause.NONE));
    }

    /** Draws a time of that mean, exponentially distributed, as people's are, in hasty nanoseconds. */
    private long life(double meanSeconds) {
        return haste.nanos(-Math.log(1 - random.nextDouble()) * meanSeconds);
    }
}
