package org.paceline.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.RawMessageChannel;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransaction;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.ServerRequestInterface;
import gov.nist.javax.sip.stack.ServerResponseInterface;
import java.net.InetAddress;
import java.text.ParseException;

/**
 * Takes messages to one peer, as the stack wants it, and takes a parsed message of that peer into the stack. The stack's own
 * channels change their peer with every message they read, open a parser for every message they send, and answer
 * nonsense with a Java hash.
 *
 * <p>Thread: any.
 */
abstract class GuardedChannel extends MessageChannel implements RawMessageChannel {

    private final MessageProcessor processor;
    private final InetAddress address;
    private final int port;

    GuardedChannel(MessageProcessor processor, InetAddress address, int port) {
        this.processor = processor;
        this.messageProcessor = processor;
        this.address = address;
        this.port = port;
    }

    /** Hands a message that came from this peer to its transaction, or to a new one. */
    @Override
    public void processMessage(SIPMessage message) throws ParseException {
        message.setRemoteAddress(address);
        message.setRemotePort(port);
        message.setLocalAddress(processor.getIpAddress());
        message.setLocalPort(processor.getPort());
        message.setPeerPacketSourceAddress(address);
        message.setPeerPacketSourcePort(port);
        if (message instanceof SIPRequest request) {
            markSource(request);
            take(request);
        } else if (message instanceof SIPResponse response) {
            take(response);
        }
    }

    /**
     * Marks in the request where the response goes (RFC 3261 §18.2.1, RFC 3581 §4). A sender behind a NAT gets it where
     * the request came from, whether it asks for that or not: nothing else reaches it.
     */
    private void markSource(SIPRequest request) throws ParseException {
        Via via = request.getTopmostVia();
        String sentBy = via.getSentBy().getHost().getHostname();
        boolean isElsewhere = !sentBy.equals(address.getHostAddress());
        boolean wantsPort = via.hasParameter(Via.RPORT) || (isElsewhere && isPrivate(sentBy));
        if (wantsPort || isElsewhere) {
            via.setParameter(Via.RECEIVED, address.getHostAddress());
        }
        if (wantsPort) {
            via.setParameter(Via.RPORT, Integer.toString(port));
        }
        request.setRemotePort(via.getPort() > 0 ? via.getPort() : processor.getDefaultTargetPort());
    }

    private static boolean isPrivate(String host) {
        InetAddress literal = NameResolver.literal(host);
        return literal != null && literal.isSiteLocalAddress();
    }

    private void take(SIPRequest request) {
        ServerRequestInterface target = getSIPStack().newSIPServerRequest(request, this);
        if (target == null) {
            return;
        }
        try {
            target.processRequest(request, this);
        } finally {
            if (target instanceof SIPServerTransaction transaction && !transaction.passToListener()) {
                transaction.releaseSem();
            }
        }
    }

    private void take(SIPResponse response) {
        ServerResponseInterface target = getSIPStack().newSIPServerResponse(response, this);
        if (target == null) {
            return;
        }
        try {
            if (!(target instanceof SIPClientTransaction transaction) || transaction.checkFromTag(response)) {
                target.processResponse(response, this);
            }
        } finally {
            if (target instanceof SIPTransaction transaction && !transaction.passToListener()) {
                transaction.releaseSem();
            }
        }
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return processor.getSIPStack();
    }

    /** Does nothing: what messages go by is not the stack's to close. */
    @Override
    public void close() {}

    @Override
    public String getPeerAddress() {
        return address.getHostAddress();
    }

    @Override
    protected InetAddress getPeerInetAddress() {
        return address;
    }

    @Override
    protected String getPeerProtocol() {
        return getTransport();
    }

    @Override
    public int getPeerPort() {
        return port;
    }

    @Override
    public int getPeerPacketSourcePort() {
        return port;
    }

    @Override
    public InetAddress getPeerPacketSourceAddress() {
        return address;
    }

    @Override
    public String getKey() {
        return getKey(address, port, getTransport());
    }

    @Override
    public String getViaHost() {
        return processor.getIpAddress().getHostAddress();
    }

    @Override
    public int getViaPort() {
        return processor.getPort();
    }
}
