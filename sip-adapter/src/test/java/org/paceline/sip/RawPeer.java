package org.paceline.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The other side of the wire as a plain socket: what is sent is written out, what comes is text. Thread: one. */
public final class RawPeer implements AutoCloseable {

    private static final int RECEIVE_TIMEOUT_MILLIS = 10_000;

    /** T1 of RFC 3261 §17.1.1.1. */
    private static final int RETRANSMIT_MILLIS = 500;

    /** A session description that any call can be answered with. */
    public static final String SESSION = """
            v=0\r
            o=peer 1 1 IN IP4 127.0.0.1\r
            s=-\r
            c=IN IP4 127.0.0.1\r
            t=0 0\r
            m=audio 39000 RTP/AVP 0 101\r
            a=rtpmap:0 PCMU/8000\r
            a=rtpmap:101 telephone-event/8000\r
            """;

    private final DatagramSocket socket;
    /** Where its requests say that it is: loopback, in brackets for IPv6. */
    private final String ownHost;

    public RawPeer() throws IOException {
        this("127.0.0.1");
    }

    public RawPeer(String host) throws IOException {
        InetAddress bound = InetAddress.ofLiteral(host);
        socket = new DatagramSocket(new InetSocketAddress(bound, 0));
        ownHost = bound instanceof Inet6Address ? "[::1]" : "127.0.0.1";
        socket.setSoTimeout(RECEIVE_TIMEOUT_MILLIS);
        socket.setReceiveBufferSize(4 * 1024 * 1024);
    }

    public int port() {
        return socket.getLocalPort();
    }

    public void send(String message, int port) {
        send(message.getBytes(StandardCharsets.ISO_8859_1), port);
    }

    public void send(byte[] message, int port) {
        try {
            socket.send(new DatagramPacket(
                    message, message.length, InetAddress.ofLiteral(ownHost.replaceAll("[\\[\\]]", "")), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message that begins so; others are passed over. */
    public String receive(String start) {
        return receive(message -> message.startsWith(start));
    }

    public String receive(Predicate<String> wanted) {
        byte[] buffer = new byte[65_536];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            while (true) {
                packet.setLength(buffer.length);
                socket.receive(packet);
                String message = new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
                if (wanted.test(message)) {
                    return message;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends a request again and again until its answer comes, as over UDP a peer does (RFC 3261 §17.1.2.2): one datagram may be
     * lost, or dropped as one too many of its sender.
     *
     * @throws AssertionError after ten seconds without the answer
     */
    public String sendUntilAnswered(String request, int port, Predicate<String> answer) {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RECEIVE_TIMEOUT_MILLIS);
        try {
            while (System.nanoTime() - deadlineNanos < 0) {
                send(request, port);
                socket.setSoTimeout(RETRANSMIT_MILLIS);
                try {
                    return receive(answer);
                } catch (UncheckedIOException e) {
                    if (!(e.getCause() instanceof SocketTimeoutException)) {
                        throw e;
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            resetTimeout();
        }
        throw new AssertionError("not answered in " + RECEIVE_TIMEOUT_MILLIS + " ms:\n" + request);
    }

    /** Whether nothing that begins so comes within the time. */
    public boolean isSilent(String start, int millis) {
        try {
            socket.setSoTimeout(millis);
            receive(start);
            return false;
        } catch (UncheckedIOException e) {
            return e.getCause() instanceof SocketTimeoutException;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            resetTimeout();
        }
    }

    /** Answers a request: its Via, From, Call-ID and CSeq, and a To with the tag. */
    public void answer(String request, String status, String toTag, String... moreHeaders) {
        answerWith(request, status, toTag, "", moreHeaders);
    }

    public void answerWithSession(String request, String status, String toTag) {
        answerWith(request, status, toTag, session(), "Content-Type: application/sdp");
    }

    private String session() {
        return ownHost.startsWith("[") ? SESSION.replace("IP4 127.0.0.1", "IP6 ::1") : SESSION;
    }

    /** A 200 with a session, and with that line for the Contact. */
    public void answerWithContact(String invite, String toTag, String contact) {
        send(
                response(invite, "200 OK", toTag, SESSION, contact, "Content-Type: application/sdp"),
                portOf(header(invite, "Via")));
    }

    public void answerWith(String request, String status, String toTag, String body, String... moreHeaders) {
        String contact = "Contact: <sip:peer@" + ownHost + ":" + port() + ">";
        send(response(request, status, toTag, body, contact, moreHeaders), portOf(header(request, "Via")));
    }

    static String response(
            String request, String status, String toTag, String body, String contact, String... moreHeaders) {
        StringBuilder text = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        for (String name : new String[] {"Via", "From", "Call-ID", "CSeq"}) {
            text.append(name).append(": ").append(header(request, name)).append("\r\n");
        }
        String to = header(request, "To");
        text.append("To: ")
                .append(to)
                .append(to.contains(";tag=") ? "" : ";tag=" + toTag)
                .append("\r\n");
        text.append(contact).append("\r\n");
        for (String more : moreHeaders) {
            text.append(more).append("\r\n");
        }
        return text.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    /** A request within the call that an INVITE of the dialer made: From and To are swapped. */
    public String requestWithin(String invite, String toTag, String method, int sequence, String body) {
        return requestWithin(invite, toTag, method, sequence, body, "");
    }

    /** @param headers more of them, each with its line's end */
    public String requestWithin(String invite, String toTag, String method, int sequence, String body, String headers) {
        String request = within(invite, toTag, "UDP", ownHost, port(), method, sequence, body, headers);
        send(request, portOf(header(invite, "Via")));
        return request;
    }

    /** A request of a peer on 127.0.0.1. */
    static String within(
            String invite,
            String toTag,
            String transport,
            int port,
            String method,
            int sequence,
            String body,
            String headers) {
        return within(invite, toTag, transport, "127.0.0.1", port, method, sequence, body, headers);
    }

    private static String within(
            String invite,
            String toTag,
            String transport,
            String host,
            int port,
            String method,
            int sequence,
            String body,
            String headers) {
        String from = header(invite, "From");
        String to = header(invite, "To") + ";tag=" + toTag;
        String contact = header(invite, "Contact");
        String uri = contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
        return method + " " + uri + " SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport + " " + host + ":" + port + ";rport;branch=z9hG4bK" + method + sequence
                + port
                + "\r\n"
                + "Max-Forwards: 70\r\nFrom: " + to + "\r\nTo: " + from + "\r\n"
                + "Call-ID: " + header(invite, "Call-ID") + "\r\nCSeq: " + sequence + " " + method + "\r\n"
                + "Contact: <sip:peer@" + host + ":" + port
                + (transport.equals("UDP") ? "" : ";transport=" + transport.toLowerCase(Locale.ROOT)) + ">\r\n"
                + headers
                + (body.isEmpty() || headers.contains("Content-Type") ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    public static String header(String message, String name) {
        for (String line : message.split("\r\n", -1)) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                return line.substring(name.length() + 1).strip();
            }
        }
        throw new AssertionError("no " + name + " in:\n" + message);
    }

    private static int portOf(String via) {
        String sentBy = via.substring("SIP/2.0/UDP ".length()).split(";", 2)[0];
        return Integer.parseInt(sentBy.substring(sentBy.lastIndexOf(':') + 1));
    }

    private void resetTimeout() {
        try {
            socket.setSoTimeout(RECEIVE_TIMEOUT_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
