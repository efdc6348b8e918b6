package org.paceline.sip.line;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;
import org.paceline.sip.registrar.Binding;
import org.paceline.sip.registrar.PhonesListener;

/** The standing lines of all agents who are signed in. Thread: any. */
public final class AgentLines implements PhonesListener, AutoCloseable {

    private final ConcurrentHashMap<AgentId, AgentLine> lines = new ConcurrentHashMap<>();
    private final AgentPhones phones;
    private final Consumer<Event> events;

    public AgentLines(AgentPhones phones, Consumer<Event> events) {
        this.phones = phones;
        this.events = events;
    }

    /** Calls the agent's phone. A line to another address is closed first; a line to the same address is left alone. */
    public void open(AgentId agent, AgentAddress at) {
        lines.compute(agent, (id, old) -> {
            if (old != null && old.address().equals(at)) {
                return old;
            }
            if (old != null) {
                old.close();
            }
            AgentLine line = new AgentLine(agent, at, phones, events);
            line.open();
            return line;
        });
    }

    public void close(AgentId agent) {
        AgentLine line = lines.remove(agent);
        if (line != null) {
            line.close();
        }
    }

    /** Returns the phone on the agent's line, or null while the line is not up. */
    public @Nullable PhoneCall phone(AgentId agent) {
        AgentLine line = lines.get(agent);
        return line == null ? null : line.phone();
    }

    @Override
    public void came(AgentId agent, Binding phone) {
        AgentLine line = lines.get(agent);
        if (line != null) {
            line.phoneCame();
        }
    }

    @Override
    public void left(AgentId agent, Binding phone, boolean isTakenBack, String reason) {
        AgentLine line = lines.get(agent);
        if (line != null) {
            line.phoneLeft(phone, isTakenBack, reason);
        }
    }

    /** Closes all lines. */
    @Override
    public void close() {
        lines.keySet().forEach(this::close);
    }
}
