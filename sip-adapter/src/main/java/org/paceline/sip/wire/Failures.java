package org.paceline.sip.wire;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in a few words why a connection failed. */
final class Failures {

    private static final String ALERT = "Received fatal alert: ";

    private Failures() {}

    static String text(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String known = known(cause);
            if (known != null) {
                return known;
            }
        }
        String message = thrown.getMessage();
        return (message == null ? thrown.getClass().getSimpleName() : message)
                .replace('"', '\'')
                .replaceAll("\\p{Cntrl}", " ");
    }

    private static @Nullable String known(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case CertificateException _ -> message.replace('"', '\'').replaceAll("\\p{Cntrl}", " ");
            case ConnectTimeoutException _ -> "no connection within " + Limits.CONNECT_MILLIS / 1_000 + " s";
            case SslHandshakeTimeoutException _ -> "no TLS handshake within " + Limits.HANDSHAKE_MILLIS / 1_000 + " s";
            case NotSslRecordException _ -> "it does not speak TLS there";
            case SSLException _
            when message.startsWith(ALERT) -> "it refused TLS with us: " + message.substring(ALERT.length());
            case ConnectException _ when message.contains("refused") -> "connection refused";
            case ClosedChannelException _ -> "connection closed";
            default -> message.toLowerCase(Locale.ROOT).contains("connection reset") ? "connection reset" : null;
        };
    }
}
