package org.paceline.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageProcessor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.wire.Connection;
import org.paceline.sip.wire.Remote;

/**
 * Takes messages to one peer over the connection that there is to it. A response goes by the connection that the request
 * came by, and where that is over, by one to the address that the request names (RFC 3261 §18.2.2).
 *
 * <p>Thread: any.
 */
final class StreamChannel extends GuardedChannel {

    private final Outlet outlet;
    private final Remote to;
    private final Transport transport;
    /** The keys of the transactions whose requests were sent a second time, after a connection was lost. */
    private final Set<String> sentAgain = ConcurrentHashMap.newKeySet(1);

    private volatile @Nullable Connection last;

    /** Sends what goes by connections. */
    @FunctionalInterface
    interface Outlet {
        void send(byte[] message, Remote to, Supplier<Remote> instead, boolean isAnswered, Consumer<Connection> over);
    }

    StreamChannel(MessageProcessor processor, Outlet outlet, Remote to) {
        super(processor, to.at().getAddress(), to.at().getPort());
        this.outlet = outlet;
        this.to = to;
        transport = to.secure() ? Transport.TLS : Transport.TCP;
    }

    /** Whether the last message went by that connection. */
    boolean wentOver(Connection connection) {
        return connection.equals(last);
    }

    /** Whether the request of that transaction may be sent once more, over another connection. */
    boolean maySendAgain(String transactionId) {
        return sentAgain.add(transactionId);
    }

    @Override
    public void sendMessage(SIPMessage message) {
        send(message);
    }

    @Override
    public void sendMessage(SIPMessage message, InetAddress receiver, int port) {
        send(message);
    }

    private void send(SIPMessage message) {
        boolean isAnswered = message instanceof SIPRequest request && !Request.ACK.equals(request.getMethod());
        Supplier<Remote> instead = () -> message instanceof SIPRequest ? to : sentBy(message);
        outlet.send(message.encodeAsBytes(transport.name()), to, instead, isAnswered, connection -> last = connection);
    }

    /** The address at which the sender of a request says that it takes connections. */
    private Remote sentBy(SIPMessage response) {
        Via via = response.getTopmostVia();
        int port = via == null || via.getPort() <= 0 ? transport.defaultPort() : via.getPort();
        return new Remote(new InetSocketAddress(to.at().getAddress(), port), to.secure(), to.peer());
    }

    @Override
    protected void sendMessage(byte[] message, InetAddress receiver, int port, boolean reconnect) {
        outlet.send(message, to, () -> to, false, connection -> last = connection);
    }

    @Override
    public String getTransport() {
        return transport.name();
    }

    @Override
    public boolean isReliable() {
        return true;
    }

    @Override
    public boolean isSecure() {
        return to.secure();
    }
}
