package org.paceline.daemon.config;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sip}: the address that SIP and RTP bind to.
 *
 * @param advertised the address that peers see in its place, or null
 * @param port UDP; 0 for any free one
 * @param nameServers asked for the names of trunks; empty for the system's own
 * @param traceBytes how much memory the SIP messages of the last time take; 0 where none are kept
 */
public record SipConfig(
        String host,
        @Nullable InetAddress advertised,
        int port,
        String callerIdHost,
        String userAgent,
        List<InetSocketAddress> nameServers,
        int traceBytes) {

    public SipConfig {
        nameServers = List.copyOf(nameServers);
    }
}
