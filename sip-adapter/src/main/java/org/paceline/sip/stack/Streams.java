package org.paceline.sip.stack;

import gov.nist.javax.sip.stack.MessageProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Door.Entry;
import org.paceline.sip.stack.SipCounters.Counter;
import org.paceline.sip.tls.TlsContexts;
import org.paceline.sip.wire.Connection;
import org.paceline.sip.wire.Connections;
import org.paceline.sip.wire.Remote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes and goes over TCP and TLS. Messages are judged as datagrams are, and handled by the same threads.
 *
 * <p>Thread: any; what connections tell comes on their loop.
 */
final class Streams implements Connection.Events, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final Intake intake;
    private final SipCounters counters;
    private final Door door;
    private final BiConsumer<Connection, String> lost;
    private final Connections connections;
    private final Map<Transport, MessageProcessor> processors = new EnumMap<>(Transport.class);
    private final MessageTap tap;
    private final Map<Transport, MessageTap.Place> places = new EnumMap<>(Transport.class);

    /**
     * @param tls null where nothing goes by TLS
     * @param lost takes each connection that is over, and why; requests may have been lost with it
     */
    Streams(
            InetAddress host,
            Entrance entrance,
            Intake intake,
            @Nullable TlsContexts tls,
            BiConsumer<Connection, String> lost) {
        this.intake = intake;
        this.counters = entrance.counters();
        this.lost = lost;
        door = entrance.door();
        tap = entrance.tap();
        connections = new Connections(
                host,
                entrance.peers()::contains,
                this,
                () -> counters.add(Counter.REFUSED_CONNECTIONS),
                tls,
                entrance.watch());
    }

    /** Takes the processor to which messages of a transport go. */
    void serve(Transport transport, MessageProcessor processor) {
        processors.put(transport, processor);
        places.put(transport, new MessageTap.Place(transport, processor.getIpAddress(), processor.getPort()));
    }

    void listen(Transport transport, int port) throws IOException {
        connections.listen(port, transport == Transport.TLS);
    }

    /** Does the same as {@link Connections#send}. */
    void send(byte[] message, Remote to, Supplier<Remote> instead, boolean isAnswered, Consumer<Connection> over) {
        MessageTap.Place place = places.get(to.secure() ? Transport.TLS : Transport.TCP);
        if (place != null) {
            tap.sent(place, to.at().getAddress(), to.at().getPort(), message);
        }
        connections.send(message, to, instead, isAnswered, over);
    }

    static Remote remote(Hop hop) {
        return new Remote(hop.at(), hop.transport() == Transport.TLS, hop.link().tls());
    }

    int open() {
        return connections.open();
    }

    @Override
    public void close() {
        connections.close();
    }

    @Override
    public void message(Connection from, byte[] bytes) {
        long now = System.nanoTime();
        InetAddress address = from.remote().at().getAddress();
        Entry entry = door.judge(bytes, bytes.length, address, now);
        if (entry != null) {
            MessageTap.Place place = places.get(transport(from));
            if (place != null) {
                tap.received(place, address, from.remote().at().getPort(), bytes, now);
            }
            intake.offer(new Arrival(bytes, address, now, new Sender(from)), entry, door.callHash());
        }
    }

    @Override
    public byte @Nullable [] broken(Connection from, byte[] start, int status, String reason) {
        counters.add(Counter.MALFORMED_MESSAGES);
        return intake.refusal(start, status, reason);
    }

    @Override
    public void opened(Connection connection) {
        LOG.debug("connection={} opened_by={}", text(connection), connection.isOurs() ? "us" : "peer");
    }

    @Override
    public void closed(Connection connection, String reason) {
        LOG.debug("connection={} closed=yes reason=\"{}\"", text(connection), reason);
        if (!connection.wasOpen()) {
            counters.add(Counter.FAILED_CONNECTIONS);
        }
        lost.accept(connection, reason);
    }

    private static Transport transport(Connection connection) {
        return connection.remote().secure() ? Transport.TLS : Transport.TCP;
    }

    private static String text(Connection connection) {
        return new Hop(
                        new Link(transport(connection), connection.remote().peer()),
                        connection.remote().at())
                .text();
    }

    /** The other end of a connection. */
    private final class Sender implements Origin {
        private final Connection connection;

        Sender(Connection connection) {
            this.connection = connection;
        }

        @Override
        public GuardedChannel channel() {
            MessageProcessor processor = processors.get(transport(connection));
            if (processor == null) {
                throw new IllegalStateException("no processor for " + transport(connection));
            }
            return new StreamChannel(processor, Streams.this::send, connection.remote());
        }

        @Override
        public void send(byte[] message) {
            Streams.this.send(message, connection.remote(), connection::remote, false, new AtomicReference<>()::set);
        }

        @Override
        public boolean isStream() {
            return true;
        }
    }
}
