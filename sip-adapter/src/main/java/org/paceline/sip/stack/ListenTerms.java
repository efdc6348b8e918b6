package org.paceline.sip.stack;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.tls.TlsContexts;

/**
 * Where we are, and by which transports messages come and go.
 *
 * @param host an address of this machine; 0.0.0.0 and :: for all of them
 * @param advertised the host that peers see in Via, Contact and Call-ID
 * @param port of UDP and TCP; 0 for any that is free
 * @param transports at least one
 * @param tlsPort of TLS; 0 for any that is free
 * @param tls what TLS is made with; null without TLS
 * @param listensByTls whether peers may connect by TLS; else only we open such connections
 */
public record ListenTerms(
        String host,
        String advertised,
        int port,
        Set<Transport> transports,
        int tlsPort,
        @Nullable TlsContexts tls,
        boolean listensByTls) {

    public ListenTerms {
        if (transports.isEmpty()) {
            throw new IllegalArgumentException("transports is empty: must have at least one");
        }
        if (transports.contains(Transport.TLS) && tls == null) {
            throw new IllegalArgumentException("tls=null: must be there with TLS among the transports");
        }
        transports = Set.copyOf(transports);
    }

    /** Makes terms for UDP alone. */
    public static ListenTerms udp(String host, int port) {
        return new ListenTerms(host, host, port, EnumSet.of(Transport.UDP), 0, null, false);
    }

    boolean hasStreams() {
        return transports.stream().anyMatch(Transport::isStream);
    }

    boolean listens(Transport transport) {
        return transport != Transport.TLS || listensByTls;
    }
}
