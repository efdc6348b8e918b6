package org.paceline.sip;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * The other side of the wire as a plain stream socket, by TCP or TLS: it takes connections, or opens one. What is sent is
 * written out, what comes is text. Thread: one.
 */
public final class StreamPeer implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final ServerSocket server;
    private final String transport;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    /** Listens for TCP. */
    public StreamPeer() throws IOException {
        this(new ServerSocket(), "TCP", 0);
    }

    /** Listens for TCP on a port that another had. */
    public static StreamPeer at(int port) throws IOException {
        return new StreamPeer(new ServerSocket(), "TCP", port);
    }

    /** Listens for TLS. */
    public static StreamPeer secured(SSLContext context, boolean wantsCertificate) throws IOException {
        SSLServerSocket server =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        server.setNeedClientAuth(wantsCertificate);
        return new StreamPeer(server, "TLS", 0);
    }

    private StreamPeer(ServerSocket server, String transport, int port) throws IOException {
        this.server = server;
        this.transport = transport;
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setSoTimeout(TIMEOUT_MILLIS);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Waits for the next connection, and uses it from now on. */
    public StreamPeer accept() throws IOException {
        return use(server.accept());
    }

    /** Whether nobody connects within the time. */
    public boolean isAlone(int millis) throws IOException {
        server.setSoTimeout(millis);
        try {
            server.accept().close();
            return false;
        } catch (SocketTimeoutException e) {
            return true;
        } finally {
            server.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    /** Connects to a port of loopback, and uses that connection from now on. */
    public StreamPeer connect(int port) throws IOException {
        return use(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    public StreamPeer use(Socket connected) throws IOException {
        connected.setSoTimeout(TIMEOUT_MILLIS);
        connected.setTcpNoDelay(true);
        socket = connected;
        in = new BufferedInputStream(connected.getInputStream());
        return this;
    }

    public Socket socket() {
        if (socket == null) {
            throw new IllegalStateException("accept or connect first");
        }
        return socket;
    }

    /** Closes the connection that is in use. */
    public void cut() throws IOException {
        socket().setSoLinger(true, 0);
        socket().close();
    }

    public void send(String message) {
        send(message.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] message) {
        try {
            socket().getOutputStream().write(message);
            socket().getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next message that begins so; others are passed over. */
    public String receive(String start) {
        return receive(message -> message.startsWith(start));
    }

    public String receive(Predicate<String> wanted) {
        try {
            while (true) {
                String message = read();
                if (message == null) {
                    throw new AssertionError("the connection was closed");
                }
                if (wanted.test(message)) {
                    return message;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one message; null at the end of the connection. */
    public @Nullable String read() throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = input().read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        int length = Integer.parseInt(RawPeer.header(head.toString(), "Content-Length"));
        return head + new String(input().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Reads as many bytes as text. */
    public String bytes(int count) throws IOException {
        return new String(input().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Whether the other side closes the connection without another byte. */
    public boolean isClosed() throws IOException {
        try {
            return input().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    private InputStream input() {
        if (in == null) {
            throw new IllegalStateException("accept or connect first");
        }
        return in;
    }

    public void answer(String request, String status, String toTag, String... moreHeaders) {
        send(RawPeer.response(request, status, toTag, "", contact(), moreHeaders));
    }

    public void answerWithSession(String request, String status, String toTag) {
        send(RawPeer.response(request, status, toTag, RawPeer.SESSION, contact(), "Content-Type: application/sdp"));
    }

    private String contact() {
        return "Contact: <sip:peer@127.0.0.1:" + port() + ";transport=" + transport.toLowerCase(Locale.ROOT) + ">";
    }

    /** A request within the call that an INVITE of the dialer made. */
    public String requestWithin(String invite, String toTag, String method, int sequence, String body) {
        String request = RawPeer.within(invite, toTag, transport, port(), method, sequence, body, "");
        send(request);
        return request;
    }

    @Override
    public void close() {
        try {
            server.close();
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
