package org.paceline.sip.trunk;

import java.net.InetAddress;
import java.util.List;
import org.paceline.dialer.id.TrunkId;

/**
 * Where a trunk's peer is.
 *
 * @param host name or address
 * @param port SIP port, UDP
 * @param probe how its health is known
 * @param probeIntervalMillis between two OPTIONS
 * @param redirects hosts beside its own that it may send calls on to (3xx)
 */
public record TrunkAddress(
        TrunkId id, String host, int port, Probe probe, long probeIntervalMillis, List<InetAddress> redirects) {

    public TrunkAddress {
        redirects = List.copyOf(redirects);
    }

    /** One that may send calls on to its own address only. */
    public TrunkAddress(TrunkId id, String host, int port, Probe probe, long probeIntervalMillis) {
        this(id, host, port, probe, probeIntervalMillis, List.of());
    }

    /** How a trunk's health is known. */
    public enum Probe {
        /** By OPTIONS (RFC 3261 §11): down until the first answer, whatever its status, and after two unanswered. */
        OPTIONS,
        /** By calls alone: up until calls get no response. */
        CALLS
    }
}
