package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.stack.MessageProcessor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Takes messages to one peer over our UDP socket. Thread: any. */
final class UdpChannel extends GuardedChannel {

    private static final String UDP = "UDP";

    private final Outlet outlet;
    private final InetSocketAddress peer;

    /** Sends the datagrams: the socket. */
    @FunctionalInterface
    interface Outlet {
        void send(byte[] message, InetSocketAddress to) throws IOException;
    }

    UdpChannel(MessageProcessor processor, Outlet outlet, InetAddress address, int port) {
        super(processor, address, port);
        this.outlet = outlet;
        peer = new InetSocketAddress(address, port);
    }

    @Override
    public void sendMessage(SIPMessage message) throws IOException {
        outlet.send(message.encodeAsBytes(UDP), peer);
    }

    @Override
    protected void sendMessage(byte[] message, InetAddress to, int toPort, boolean reconnect) throws IOException {
        outlet.send(message, new InetSocketAddress(to, toPort));
    }

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
}
