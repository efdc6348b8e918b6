package org.paceline.bench.engine;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.port.EventSink;
import org.paceline.dialer.port.Telephony;

/**
 * A telephone network where everybody answers at once and hangs up soon, so that agents come round quickly.
 *
 * <p>Thread: any; its events come from the clock that it is given.
 */
final class QuickCarrier implements Telephony {
    private static final long RING_MILLIS = 10;
    private static final long ANSWER_MILLIS = 30;
    private static final long JOIN_MILLIS = 2;
    private static final long TALK_MILLIS = 200;

    private final EventSink inbox;
    private final ScheduledExecutorService clock;
    private final Dialled dialled;

    /** Told of every call at the entry of {@code dial}. */
    @FunctionalInterface
    interface Dialled {
        void dialled(CallId call, long atNanos);
    }

    QuickCarrier(EventSink inbox, ScheduledExecutorService clock, Dialled dialled) {
        this.inbox = inbox;
        this.clock = clock;
        this.dialled = dialled;
    }

    @Override
    public void dial(CallId call, DialOrder order) {
        dialled.dialled(call, System.nanoTime());
        in(RING_MILLIS, new Event.CallRinging(call));
        in(ANSWER_MILLIS, new Event.CallAnswered(call));
    }

    @Override
    public void connect(CallId call, AgentId agent) {
        in(JOIN_MILLIS, new Event.CallConnected(call, agent, TimeUnit.MILLISECONDS.toMicros(JOIN_MILLIS)));
        in(TALK_MILLIS, new Event.CallHungUp(call, HungUpBy.CUSTOMER, CallCause.NONE));
    }

    @Override
    public void ringAgent(AgentRing ring, AgentAddress at) {
        in(JOIN_MILLIS, new Event.AgentAnswered(ring, TimeUnit.MILLISECONDS.toMicros(JOIN_MILLIS)));
        in(TALK_MILLIS, new Event.CallHungUp(ring.call(), HungUpBy.CUSTOMER, CallCause.NONE));
    }

    @Override
    public void stopRinging(AgentRing ring) {}

    @Override
    public void warnAgent(CallId call) {}

    @Override
    public void record(CallId call) {}

    @Override
    public void cancel(CallId call) {
        in(JOIN_MILLIS, new Event.CallFailed(call, Outcome.CANCELLED, CallCause.NONE, false));
    }

    @Override
    public void announce(CallId call, Announcement announcement) {
        in(JOIN_MILLIS, new Event.CallHungUp(call, HungUpBy.ANNOUNCEMENT_END, CallCause.NONE));
    }

    @Override
    public void hangUp(CallId call, HangUpCause cause) {
        in(JOIN_MILLIS, new Event.CallHungUp(call, HungUpBy.US, CallCause.NONE));
    }

    @Override
    public void openLine(AgentId agent, AgentAddress at) {
        in(0, new Event.LineOpened(agent));
    }

    @Override
    public void closeLine(AgentId agent) {}

    @SuppressWarnings("FutureReturnValueIgnored") // publish waits and does not fail
    private void in(long millis, Event event) {
        clock.schedule(() -> inbox.publish(event), millis, TimeUnit.MILLISECONDS);
    }
}
