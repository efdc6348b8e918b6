package org.paceline.sip.stack;

import gov.nist.javax.sip.SIPConstants;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import io.netty.util.Timeout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Map;
import java.util.TooManyListenersException;
import javax.sip.ClientTransaction;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.Transaction;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.stack.Seal.Use;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SIP address of ours: sends requests and responses in transactions, and hands incoming messages to their owners.
 *
 * <p>Thread: any.
 */
public final class SipEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SipEndpoint.class);
    private static final int RECEIVE_THREADS = 2;

    /** The host that peers see. */
    private final String host;

    private final Map<Transport, Integer> ports;
    private final HashedSipStack stack;
    private final SipProvider provider;
    private final LargeRequests large = new LargeRequests();
    private final MessageTap tap;
    private final Seal seal = new Seal();

    /** Makes one for UDP alone, that peers reach at the address that is bound. */
    public SipEndpoint(
            String host, int port, PeerAddresses peers, SipUser user, SipCounters counters, ThreadWatch watch)
            throws IOException {
        this(ListenTerms.udp(host, port), peers, user, counters, MessageTap.NONE, watch);
    }

    /**
     * Binds the sockets and starts the threads.
     *
     * @param tap is shown every message
     * @throws IOException with one line that says what could not be bound, and what would be right
     */
    public SipEndpoint(
            ListenTerms terms,
            PeerAddresses peers,
            SipUser user,
            SipCounters counters,
            MessageTap tap,
            ThreadWatch watch)
            throws IOException {
        this.host = terms.advertised();
        this.tap = tap;
        HashedSipStack started = null;
        try {
            Entrance entrance = new Entrance(RECEIVE_THREADS, peers, user, seal, counters, tap, watch);
            InetAddress address = Ports.address(terms.host());
            started = new HashedSipStack(StackProperties.create(RECEIVE_THREADS), entrance, terms, address);
            started.begin();
            Map<Transport, ListeningPoint> points = Ports.open(started, terms);
            this.stack = started;
            stack.wheel().watchedBy(watch);
            this.ports = Ports.numbers(points);
            this.provider = stack.createSipProvider(points.values().iterator().next());
            for (ListeningPoint point : points.values()) {
                provider.addListeningPoint(point);
            }
            this.provider.addSipListener(new EndpointListener(provider, user, seal::tag));
        } catch (IOException e) {
            stop(started);
            throw e;
        } catch (SipException | TooManyListenersException e) {
            stop(started);
            throw new IOException(
                    "SIP cannot start on " + terms.host() + ":" + terms.port() + ": " + e.getMessage(), e);
        }
    }

    /** Returns the host that peers see. */
    public String host() {
        return host;
    }

    /** Returns the port of UDP and TCP, or where there is neither, of TLS. */
    public int port() {
        Integer port = ports.getOrDefault(Transport.UDP, ports.get(Transport.TCP));
        return port == null ? port(Transport.TLS) : port;
    }

    /** Returns the port at which peers reach us by that transport, which must be {@linkplain #has there}. */
    public int port(Transport transport) {
        Integer port = ports.get(transport);
        if (port == null) {
            throw new IllegalArgumentException("no " + transport + " here: sip.transports does not name it");
        }
        return port;
    }

    /** Is told what our calls are for. */
    public MessageTap tap() {
        return tap;
    }

    /** Whether messages can be sent by that transport. */
    public boolean has(Transport transport) {
        return ports.containsKey(transport);
    }

    /**
     * Makes a Call-ID that cannot be guessed, and by which requests are recognised as belonging to our calls, whoever
     * sends them.
     */
    public String newCallId() {
        return seal.make(Use.CALL_ID) + '@' + host;
    }

    /**
     * Sends a request in a new transaction, under a branch that only its receivers know.
     *
     * @throws SipException when it could not be sent; the owner is told nothing more of it
     */
    public ClientTransaction send(SIPRequest request, Hop to, TransactionOwner owner) throws SipException {
        if (!has(to.transport())) {
            throw new SipException(
                    "sip.transports does not name " + to.transport().word());
        }
        Hop way = to;
        TransactionOwner teller = owner;
        if (!Request.CANCEL.equals(request.getMethod())) {
            seal(request);
            if (has(Transport.TCP) && large.goesByTcp(request, to)) {
                way = LargeRequests.byTcp(to);
                teller = large.watched(to, owner);
            }
            address(request, way);
        }
        HopRouter.route(request, way);
        ClientTransaction transaction = provider.getNewClientTransaction(request);
        transaction.setApplicationData(teller);
        try {
            transaction.sendRequest();
            return transaction;
        } catch (SipException | RuntimeException e) {
            terminate(transaction); // so that no retransmission goes out after all
            throw e;
        }
    }

    private void seal(SIPRequest request) {
        try {
            request.getTopmostVia().setBranch(SIPConstants.BRANCH_MAGIC_COOKIE + seal.make(Use.BRANCH));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names in the Via by what the request goes, and where its response is awaited (RFC 3261 §18.1.1). */
    private void address(SIPRequest request, Hop way) {
        Via via = request.getTopmostVia();
        try {
            via.setTransport(way.transport().name());
            via.setPort(port(way.transport()));
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Cancels an INVITE that got a provisional response (RFC 3261 §9.1). */
    public void cancel(ClientTransaction invite, Hop to, TransactionOwner owner) throws SipException {
        send((SIPRequest) invite.createCancel(), to, owner);
    }

    /** Answers a request; a request whose Via names a transport that we do not have stays unanswered. */
    public void respond(ServerTransaction transaction, SIPResponse response) {
        try {
            transaction.sendResponse(response);
        } catch (SipException | InvalidArgumentException | RuntimeException e) {
            LOG.debug("response={} sent=no reason=\"{}\"", response.getStatusCode(), e.getMessage());
            terminate(transaction);
        }
    }

    /** Forgets a transaction: nothing more is sent or awaited in it. */
    public void terminate(Transaction transaction) {
        try {
            transaction.terminate();
        } catch (ObjectInUseException e) {
            LOG.debug("transaction {} is in use", transaction.getBranchId());
        }
    }

    /** Sends the ACK of a 2xx, which belongs to no transaction. */
    public void acknowledge(SIPRequest ack, Hop to) {
        try {
            if (!has(to.transport())) {
                throw new IOException(
                        "sip.transports does not name " + to.transport().word());
            }
            address(ack, to);
            stack.send(ack.encodeAsBytes(to.transport().name()), to);
        } catch (IOException e) {
            LOG.debug("to={} method=ACK sent=no reason=\"{}\"", to, e.getMessage());
        }
    }

    /** Repeats a 2xx to an INVITE, outside of any transaction (RFC 3261 §13.3.1.4). */
    public void answerAgain(SIPRequest request, SIPResponse answer) {
        try {
            if (request.getMessageChannel() instanceof StreamChannel channel) {
                channel.sendMessage(answer);
            } else {
                stack.send(answer.encodeAsBytes(Transport.UDP.name()), Hop.udp(sender(request)));
            }
        } catch (IOException e) {
            LOG.debug("response={} sent=no reason=\"{}\"", answer.getStatusCode(), e.getMessage());
        }
    }

    /** Returns where responses to a request by UDP go (RFC 3261 §18.2.2, RFC 3581 §4). */
    private static InetSocketAddress sender(SIPRequest request) {
        Via via = request.getTopmostVia();
        int port = via.hasParameter(Via.RPORT) ? request.getPeerPacketSourcePort() : request.getRemotePort();
        return new InetSocketAddress(request.getRemoteAddress(), port);
    }

    /** Returns by which transport a request came. */
    public static Transport transportOf(SIPRequest request) {
        Transport its = request.getMessageChannel() instanceof MessageChannel channel
                ? Transport.of(channel.getTransport())
                : null;
        return its == null ? Transport.UDP : its;
    }

    /** Runs a task once, on the wheel's thread: it must be short. */
    public Timeout after(long millis, Runnable task) {
        return stack.wheel().after(millis, task);
    }

    /** How many transactions are not over; for tests and gauges. */
    public int openTransactions() {
        return stack.getClientTransactionTableSize() + stack.getServerTransactionTableSize();
    }

    /** How many connections stand, by TCP and TLS. */
    public int openConnections() {
        return stack.openConnections();
    }

    /** Closes the endpoint; this takes about a second. */
    @Override
    public void close() {
        stop(stack);
    }

    private static void stop(@Nullable HashedSipStack stack) {
        if (stack != null) {
            stack.stop();
        }
    }
}
