package org.paceline.sip.simulation;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import javax.sip.message.Response;
import org.paceline.dialer.agent.AgentAddress;

/**
 * Agents' phones on one SIP port (UDP): each answers at once, unless told otherwise, speaks without end, and holds the
 * line until it is hung up on. A call to an unknown name gets 404.
 *
 * <p>Thread: any.
 */
public final class SimulatedPhones implements AutoCloseable {

    private final PeerCounters counters = new PeerCounters();
    private final Set<String> names;
    private final Map<String, PhoneManner> manners = new ConcurrentHashMap<>();
    private final SimulationLoop loop;
    private final SimulatedSip sip;

    /**
     * Starts to take calls, from the same host.
     *
     * @param host address to bind, SIP and RTP
     * @param port SIP port; 0 for any free one
     * @param names user parts of the phones' addresses
     * @throws IOException with one line, when the port cannot be bound
     */
    public SimulatedPhones(String host, int port, Collection<String> names) throws IOException {
        this.names = Set.copyOf(names);
        loop = new SimulationLoop("sim-phones", InetAddress.getByName(host));
        try {
            sip = new SimulatedSip(host, port, loop, counters, this::invited);
        } catch (IOException e) {
            loop.close();
            throw e;
        }
    }

    /** Returns the names {@code agent-1}, {@code agent-2} and so on. */
    public static List<String> names(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "agent-" + i).toList();
    }

    /** The SIP port, UDP. */
    public int port() {
        return sip.port();
    }

    /** Returns the address of a phone. */
    public AgentAddress address(String name) {
        return new AgentAddress("sip:" + name + "@" + sip.host() + ":" + sip.port());
    }

    public PeerStats stats() {
        return counters.stats();
    }

    /** How often a phone was called. */
    public long invites(String name) {
        return counters.invites(name);
    }

    /** Hangs the phone up, as an agent does who leaves without signing out. */
    public void hangUp(String name) {
        loop.execute(() -> sip.calls().stream()
                .filter(call -> call.invitation().user().equals(name))
                .forEach(IncomingCall::hangUp));
    }

    /** Sets how the phone reacts to calls from now on. */
    public void manner(String name, PhoneManner manner) {
        manners.put(name, manner);
    }

    /** Stops without hanging up, as if the network were gone. */
    @Override
    public void close() {
        sip.close();
        loop.close();
    }

    private void invited(IncomingCall call) {
        if (!names.contains(call.invitation().user())) {
            call.refuse(Response.NOT_FOUND);
            return;
        }
        switch (manners.getOrDefault(call.invitation().user(), PhoneManner.Answers.AT_ONCE)) {
            case PhoneManner.Answers(long afterMillis) when afterMillis == 0 -> call.answer(Voice.AGENT, () -> {});
            case PhoneManner.Answers(long afterMillis) -> {
                call.ring();
                loop.after(afterMillis, () -> call.answer(Voice.AGENT, () -> {}));
            }
            case PhoneManner.Rings rings -> call.ring();
            case PhoneManner.Refuses(int status) -> call.refuse(status);
        }
    }
}
