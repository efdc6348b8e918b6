package org.paceline.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;

/** Opens the ports that SIP comes in by. UDP and TCP have the same number, TLS its own. */
final class Ports {

    /** How often another free port is tried when the one found was taken meanwhile. */
    private static final int FREE_PORT_TRIES = 5;

    private static final List<Transport> PLAIN = List.of(Transport.UDP, Transport.TCP);
    private static final List<Transport> SECURE = List.of(Transport.TLS);

    private Ports() {}

    static InetAddress address(String host) throws IOException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("sip.host: " + host + " is no address of this machine; name one that is", e);
        }
    }

    /** @throws IOException with one line that says what could not be bound, and what would be right */
    static Map<Transport, ListeningPoint> open(SipStackImpl stack, ListenTerms terms) throws IOException {
        Map<Transport, ListeningPoint> all = new EnumMap<>(Transport.class);
        all.putAll(open(stack, terms, PLAIN, terms.port()));
        all.putAll(open(stack, terms, SECURE, terms.tlsPort()));
        return all;
    }

    static Map<Transport, Integer> numbers(Map<Transport, ListeningPoint> points) {
        Map<Transport, Integer> numbers = new EnumMap<>(Transport.class);
        points.forEach((transport, point) -> numbers.put(transport, point.getPort()));
        return numbers;
    }

    /** Opens one port of each of the transports that are wanted, all of the same number. */
    private static Map<Transport, ListeningPoint> open(
            SipStackImpl stack, ListenTerms terms, List<Transport> of, int port) throws IOException {
        List<Transport> wanted =
                of.stream().filter(terms.transports()::contains).toList();
        Map<Transport, ListeningPoint> opened = new EnumMap<>(Transport.class);
        for (int tries = 1; opened.size() < wanted.size(); tries++) {
            int number = port != 0 ? port : freePort(terms, wanted);
            for (Transport transport : wanted) {
                try {
                    tryPort(terms, transport, number);
                    opened.put(transport, stack.createListeningPoint(terms.host(), number, transport.word()));
                } catch (IOException | InvalidArgumentException | SipException e) {
                    if (port != 0 || tries == FREE_PORT_TRIES) {
                        throw new IOException(why(terms.host(), number, transport, e), e);
                    }
                    close(stack, opened);
                    break;
                }
            }
        }
        return opened;
    }

    private static void close(SipStackImpl stack, Map<Transport, ListeningPoint> opened) {
        for (ListeningPoint point : new ArrayList<>(opened.values())) {
            try {
                stack.deleteListeningPoint(point);
            } catch (ObjectInUseException e) {
                throw new IllegalStateException(e);
            }
        }
        opened.clear();
    }

    private static String why(String host, int port, Transport transport, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof BindException && message.contains("in use")) {
                return "SIP port in use: " + host + ":" + port + "/" + transport.word()
                        + "; stop the other program or set another port";
            }
            if (cause instanceof BindException && message.contains("assign requested address")) {
                return "sip.host: " + host + " is no address of this machine; name one that is";
            }
        }
        return "SIP cannot listen on " + host + ":" + port + "/" + transport.word() + ": " + e.getMessage();
    }

    /** Tries the port before the stack does, which logs a failure with a trace. */
    private static void tryPort(ListenTerms terms, Transport transport, int port) throws IOException {
        InetSocketAddress at = new InetSocketAddress(InetAddress.getByName(terms.host()), port);
        if (transport == Transport.UDP) {
            new DatagramSocket(at).close();
        } else if (terms.listens(transport)) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(at);
            }
        }
    }

    private static int freePort(ListenTerms terms, List<Transport> wanted) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByName(terms.host()), 0);
        try {
            if (wanted.contains(Transport.UDP)) {
                try (DatagramSocket probe = new DatagramSocket(any)) {
                    return probe.getLocalPort();
                }
            }
            try (ServerSocket probe = new ServerSocket()) {
                probe.bind(any);
                return probe.getLocalPort();
            }
        } catch (BindException e) {
            throw new IOException(why(terms.host(), 0, wanted.getFirst(), e), e);
        }
    }
}
