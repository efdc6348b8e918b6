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
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;

/**
 * Takes messages to one peer over our socket, as the stack wants it, and takes a parsed message into the stack. The
 * stack's own channel changes its peer with every message it reads, opens a parser for every message it sends, and
 * answers nonsense with a Java hash.
 *
 * <p>Thread: any.
 */
final class UdpChannel extends MessageChannel implements RawMessageChannel {

    private static final String UDP = "UDP";
    private static final int SIP_PORT = 5060;

    private final MessageProcessor processor;
    private final Outlet outlet;
    private final InetAddress address;
    private final int port;

    /** Sends the datagrams: the socket. */
    @FunctionalInterface
    interface Outlet {
        void send(byte[] message, InetSocketAddress to) throws IOException;
    }

    UdpChannel(MessageProcessor processor, Outlet outlet, InetAddress address, int port) {
        this.processor = processor;
        this.outlet = outlet;
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
        request.setRemotePort(via.getPort() > 0 ? via.getPort() : SIP_PORT);
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
    public void sendMessage(SIPMessage message) throws IOException {
        sendMessage(message.encodeAsBytes(UDP), address, port, false);
    }

    @Override
    protected void sendMessage(byte[] message, InetAddress to, int toPort, boolean reconnect) throws IOException {
        outlet.send(message, new InetSocketAddress(to, toPort));
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return processor.getSIPStack();
    }

    @Override
    public void close() {}

    @Override
    public String getTransport() {
        return UDP;
    }

    @Override
    public boolean isReliable() {
        return false;
    }

    @Override
    public boolean isSecure() {
        return false;
    }

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
        return UDP;
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
        return getKey(address, port, UDP);
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
