package org.paceline.daemon.config;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * {@code sip}: the address that SIP and RTP bind to.
 *
 * @param port UDP; 0 for any free one
 * @param nameServers asked for the names of trunks; empty for the system's own
 */
public record SipConfig(
        String host, int port, String callerIdHost, String userAgent, List<InetSocketAddress> nameServers) {

    public SipConfig {
        nameServers = List.copyOf(nameServers);
    }
}
