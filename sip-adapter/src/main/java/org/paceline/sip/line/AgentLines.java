package org.paceline.sip.line;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.AgentId;

/** The standing lines of all agents who are signed in. Thread: any. */
public final class AgentLines implements AutoCloseable {

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

    /** Closes all lines. */
    @Override
    public void close() {
        lines.keySet().forEach(this::close);
    }
}
