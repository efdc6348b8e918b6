package org.paceline.sip.stack;

import gov.nist.javax.sip.SIPConstants;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.netty.util.Timeout;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.text.ParseException;
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
import org.paceline.sip.stack.GuardedUdpProcessor.Entrance;
import org.paceline.sip.stack.Seal.Use;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SIP address of ours over UDP: sends requests and responses in transactions, and hands incoming messages to their
 * owners.
 *
 * <p>Thread: any.
 */
public final class SipEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SipEndpoint.class);
    private static final int RECEIVE_THREADS = 2;
    /** How often another free port is tried when the one found was taken meanwhile. */
    private static final int FREE_PORT_TRIES = 5;

    /** The host that peers see. */
    private final String host;

    private final int port;
    private final HashedSipStack stack;
    private final SipProvider provider;
    private final GuardedUdpProcessor socket;
    private final MessageTap tap;
    private final Seal seal = new Seal();

    /** Makes one that peers reach at the address that is bound. */
    public SipEndpoint(
            String host, int port, PeerAddresses peers, SipUser user, SipCounters counters, ThreadWatch watch)
            throws IOException {
        this(host, host, port, peers, user, counters, MessageTap.NONE, watch);
    }

    /**
     * Binds the socket and starts the threads.
     *
     * @param host address to bind; 0.0.0.0 and :: for all of this machine
     * @param advertised the host that peers see in Via, Contact and Call-ID
     * @param port 0 for any free one
     * @param tap is shown every message
     * @throws IOException with one line that says what could not be bound, and what would be right
     */
    public SipEndpoint(
            String host,
            String advertised,
            int port,
            PeerAddresses peers,
            SipUser user,
            SipCounters counters,
            MessageTap tap,
            ThreadWatch watch)
            throws IOException {
        this.host = advertised;
        this.tap = tap;
        HashedSipStack started = null;
        try {
            started = new HashedSipStack(
                    StackProperties.create(RECEIVE_THREADS),
                    new Entrance(RECEIVE_THREADS, peers, user, seal, counters, tap, watch));
            ListeningPoint point = listen(started, host, port);
            this.stack = started;
            stack.wheel().watchedBy(watch);
            this.port = point.getPort();
            this.provider = stack.createSipProvider(point);
            this.provider.addSipListener(new EndpointListener(provider, user, seal::tag));
            this.socket = stack.socket();
        } catch (IOException e) {
            stop(started);
            throw e;
        } catch (SipException | TooManyListenersException e) {
            stop(started);
            throw new IOException("SIP cannot start on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    /** Returns the host that peers see. */
    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    /** Is told what our calls are for. */
    public MessageTap tap() {
        return tap;
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
        HopRouter.route(request, to);
        if (!Request.CANCEL.equals(request.getMethod())) {
            seal(request);
        }
        ClientTransaction transaction = provider.getNewClientTransaction(request);
        transaction.setApplicationData(owner);
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

    /** Sends a message outside of any transaction: the ACK of a 2xx, or a repeated 2xx. */
    public void sendRaw(byte[] message, Hop to) {
        try {
            socket.send(message, to.at());
        } catch (IOException e) {
            LOG.debug("to={} sent=no reason=\"{}\"", to, e.getMessage());
        }
    }

    /** Runs a task once, on the wheel's thread: it must be short. */
    public Timeout after(long millis, Runnable task) {
        return stack.wheel().after(millis, task);
    }

    /** How many transactions are not over; for tests and gauges. */
    public int openTransactions() {
        return stack.getClientTransactionTableSize() + stack.getServerTransactionTableSize();
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

    private static ListeningPoint listen(HashedSipStack stack, String host, int port) throws IOException {
        if (port != 0) {
            tryPort(host, port);
        }
        for (int tries = 1; ; tries++) {
            int wanted = port != 0 ? port : freePort(host);
            try {
                return stack.createListeningPoint(host, wanted, ListeningPoint.UDP);
            } catch (InvalidArgumentException | SipException e) {
                if (port != 0 || tries == FREE_PORT_TRIES) {
                    throw new IOException(why(host, wanted, e), e);
                }
            }
        }
    }

    private static String why(String host, int port, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof BindException && message.contains("in use")) {
                return "SIP port in use: " + host + ":" + port + "/udp; stop the other program or set another port";
            }
            if (cause instanceof UnknownHostException
                    || (cause instanceof BindException && message.contains("assign requested address"))) {
                return "sip.host: " + host + " is no address of this machine; name one that is";
            }
        }
        return "SIP cannot listen on " + host + ":" + port + "/udp: " + e.getMessage();
    }

    /** Tries the port before the stack does, which logs a failure with a trace. */
    private static void tryPort(String host, int port) throws IOException {
        try {
            new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), port)).close();
        } catch (IOException e) {
            throw new IOException(why(host, port, e), e);
        }
    }

    private static int freePort(String host) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), 0))) {
            return probe.getLocalPort();
        } catch (BindException | UnknownHostException e) {
            throw new IOException(why(host, 0, e), e);
        }
    }
}
