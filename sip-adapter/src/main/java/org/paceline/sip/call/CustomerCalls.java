package org.paceline.sip.call;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.call.AgentRing;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.CallNotSent;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.line.AgentLines;
import org.paceline.sip.line.AgentPhones;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.trunk.TrunkProbe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Customers' legs that are not over. Requests for a call that is not known are ignored. Thread: any. */
public final class CustomerCalls {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerCalls.class);

    private final ConcurrentHashMap<CallId, CustomerLeg> legs = new ConcurrentHashMap<>();
    private final LegSurroundings around;
    private final AgentLines lines;
    private final SipCounters counters;

    public CustomerCalls(
            AgentPhones phones, AgentLines lines, String callerIdHost, Consumer<Event> events, SipCounters counters) {
        this.around = new LegSurroundings(phones, callerIdHost, events);
        this.lines = lines;
        this.counters = counters;
    }

    /** @param trunk the order's trunk, or null when there is none with that name */
    public void dial(CallId id, DialOrder order, @Nullable TrunkProbe trunk) {
        if (trunk == null) {
            LOG.error("call={} event=trunk-not-known trunk={}", id, order.trunk());
            around.emit(new CallNotSent(id, NotSent.NO_ADDRESS));
            return;
        }
        CustomerLeg leg = new CustomerLeg(id, order, trunk, around, () -> legs.remove(id));
        if (legs.putIfAbsent(id, leg) != null) {
            LOG.error("call={} event=dial-ignored reason=\"dialled already\"", id);
            return;
        }
        counters.add(Counter.CALLS_DIALLED);
        leg.dial();
    }

    public void cancel(CallId id) {
        with(id, CustomerLeg::cancel);
    }

    public void connect(CallId id, AgentId agent) {
        with(id, leg -> leg.connect(agent, () -> lines.phone(agent)));
    }

    public void ringAgent(AgentRing ring, AgentAddress at) {
        with(ring.call(), leg -> leg.ringAgent(ring, at));
    }

    public void stopRinging(AgentRing ring) {
        with(ring.call(), leg -> leg.stopRinging(ring));
    }

    public void warnAgent(CallId id) {
        with(id, CustomerLeg::warnAgent);
    }

    public void record(CallId id) {
        with(id, CustomerLeg::record);
    }

    public void announce(CallId id, Announcement announcement) {
        with(id, leg -> leg.announce(announcement));
    }

    public void hangUp(CallId id) {
        with(id, CustomerLeg::hangUp);
    }

    /** Ends all legs. */
    public void endAll() {
        legs.values().forEach(CustomerLeg::shutDown);
    }

    /** Reports the end of legs that did not end by themselves. */
    public void abandonAll() {
        legs.values().forEach(CustomerLeg::abandon);
    }

    public int open() {
        return legs.size();
    }

    private void with(CallId id, Consumer<CustomerLeg> action) {
        CustomerLeg leg = legs.get(id);
        if (leg != null) {
            action.accept(leg);
        }
    }
}
