package org.paceline.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Properties;
import javax.sip.ObjectInUseException;
import javax.sip.PeerUnavailableException;
import javax.sip.TransactionState;
import javax.sip.address.Hop;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.wire.Connection;

/** The stack with its table scans replaced by look-ups, and with transports of our own. Thread: any. */
class HashedSipStack extends SipStackImpl {

    private final Intake intake;
    private final @Nullable Streams streams;

    HashedSipStack(Properties properties, Entrance entrance, ListenTerms terms, InetAddress host)
            throws PeerUnavailableException {
        super(properties);
        intake = new Intake(entrance);
        streams = terms.hasStreams() ? new Streams(host, entrance, intake, terms.tls(), this::lost) : null;
        messageProcessorFactory = (stack, address, port, name) -> {
            Transport transport = Transport.of(name);
            return streams == null || transport == null || !transport.isStream()
                    ? new GuardedUdpProcessor(address, stack, port, entrance, intake)
                    : new StreamProcessor(address, port, transport, stack, streams, terms.listens(transport));
        };
        sipMessageValves.add(new ResponseValve(clientTransactionTable::get, entrance.user(), entrance.counters()));
        setRouter(new HopRouter());
    }

    /** Begins to handle what comes in. */
    void begin() {
        intake.start();
    }

    @Override
    public void stop() {
        super.stop();
        intake.stop();
        if (streams != null) {
            streams.close();
        }
    }

    WheelSipTimer wheel() {
        return (WheelSipTimer) getTimer();
    }

    /** How many connections stand. */
    int openConnections() {
        return streams == null ? 0 : streams.open();
    }

    /** Sends what belongs to no transaction of the stack. */
    void send(byte[] message, org.paceline.sip.stack.Hop to) throws IOException {
        if (to.transport().isStream() && streams != null) {
            streams.send(message, Streams.remote(to), () -> Streams.remote(to), false, _ -> {});
        } else {
            socket().send(message, to.at());
        }
    }

    /** Returns the socket; there is one once a listening point by UDP exists. */
    private GuardedUdpProcessor socket() throws IOException {
        for (MessageProcessor processor : getMessageProcessors()) {
            if (processor instanceof GuardedUdpProcessor udp) {
                return udp;
            }
        }
        throw new IOException("the SIP stack has no UDP socket: not started, stopped, or without UDP");
    }

    /** Lets a transaction's messages go where its request goes, by a connection to whom that must be. */
    @Override
    public MessageChannel createMessageChannel(SIPRequest request, MessageProcessor processor, Hop next)
            throws IOException {
        return processor instanceof StreamProcessor stream
                        && request.getApplicationData() instanceof org.paceline.sip.stack.Hop hop
                ? stream.channelTo(hop)
                : super.createMessageChannel(request, processor, next);
    }

    /**
     * Looks after the requests that were sent over a connection which is over, and to which nothing came back. Each is
     * sent once more over another connection: the receiver recognises it by its branch if it has it already (RFC 3261
     * §17.2.3). One for which no connection could be had, or which is lost a second time, fails.
     */
    private void lost(Connection connection, String reason) {
        for (SIPClientTransaction each : clientTransactionTable.values()) {
            if (each.getMessageChannel() instanceof StreamChannel channel
                    && channel.wentOver(connection)
                    && isUnanswered(each.getState())) {
                lost(each, channel, connection.wasOpen(), reason);
            }
        }
    }

    private static boolean isUnanswered(@Nullable TransactionState state) {
        return TransactionState.CALLING.equals(state) || TransactionState.TRYING.equals(state);
    }

    private static void lost(SIPClientTransaction transaction, StreamChannel channel, boolean wasOpen, String reason) {
        SIPRequest request = transaction.getOriginalRequest();
        if (wasOpen && request != null && channel.maySendAgain(transaction.getTransactionId())) {
            channel.sendMessage(request);
            return;
        }
        Object owner = transaction.getApplicationData();
        String method = transaction.getMethod();
        try {
            transaction.terminate();
        } catch (ObjectInUseException _) {
            // It ends by its timer.
        }
        if (owner instanceof TransactionOwner sender) {
            sender.unreachable(new Unreachable(method, reason, wasOpen, false));
        }
    }

    /**
     * Returns the INVITE that a CANCEL is for: the one with the same branch (RFC 3261 §9.1, §9.2). Branches of RFC
     * 2543, without the magic cookie, match nothing. The stack's own look-up compares the CANCEL with every
     * transaction.
     */
    @Override
    public @Nullable SIPTransaction findCancelTransaction(SIPRequest cancel, boolean isServer) {
        String branch = cancel.getTopmostVia().getBranch();
        if (branch == null) {
            return null;
        }
        String key = branch.toLowerCase(Locale.ROOT);
        if (isServer) {
            SIPServerTransaction found = serverTransactionTable.get(key);
            return found != null && found.doesCancelMatchTransaction(cancel) ? found : null;
        }
        SIPClientTransaction found = clientTransactionTable.get(key);
        return found != null && found.doesCancelMatchTransaction(cancel) ? found : null;
    }
}
