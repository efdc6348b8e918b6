package org.paceline.bench.sip;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Reads {@code HOST:PORT}. */
final class PeerArgument {
    private PeerArgument() {}

    /** @throws IllegalArgumentException with one line: what is wrong with it */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("--to=" + text + ": must be HOST:PORT, as in 127.0.0.1:5060");
        }
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--to=" + text + ": the port is not a number", e);
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("--to=" + text + ": the port must be from 1 to 65535");
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon)), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--to=" + text + ": no such host", e);
        }
    }

    /** Returns the address of this machine from which packets to the peer leave; nothing is sent. */
    static String localHost(InetSocketAddress peer) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(peer);
            return socket.getLocalAddress().getHostAddress();
        }
    }
}
