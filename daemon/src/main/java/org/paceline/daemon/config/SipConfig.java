package org.paceline.daemon.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Transport;

/**
 * {@code sip}: the address that SIP and RTP bind to, and by what SIP comes and goes.
 *
 * @param advertised the address that peers see in its place, or null
 * @param port UDP and TCP; 0 for any free one
 * @param transports at least one
 * @param nameServers asked for the names of trunks; empty for the system's own
 * @param traceBytes how much memory the SIP messages of the last time take; 0 where none are kept
 */
public record SipConfig(
        String host,
        @Nullable InetAddress advertised,
        int port,
        List<Transport> transports,
        SipTlsConfig tls,
        String callerIdHost,
        String userAgent,
        List<InetSocketAddress> nameServers,
        int traceBytes) {

    public SipConfig {
        transports = List.copyOf(transports);
        nameServers = List.copyOf(nameServers);
    }
}
