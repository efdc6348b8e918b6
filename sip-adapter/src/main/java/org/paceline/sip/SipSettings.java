package org.paceline.sip;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;

/**
 * What the adapter is started with.
 *
 * @param host address that SIP and RTP sockets bind to, and that Contact, Via and SDP show
 * @param port SIP port, UDP; 0 for any free one
 * @param userAgent value of the User-Agent header
 * @param callerIdHost host part of From and P-Asserted-Identity
 */
public record SipSettings(
        String host, int port, String userAgent, String callerIdHost, List<TrunkAddress> trunks, Media media) {

    public SipSettings {
        trunks = List.copyOf(trunks);
    }

    /**
     * Where a trunk's peer is.
     *
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
    }

    /** How a trunk's health is known. */
    public enum Probe {
        /** By OPTIONS (RFC 3261 §11): down until the first answer, whatever its status, and after two unanswered. */
        OPTIONS,
        /** By calls alone: up until calls get no response. */
        CALLS
    }

    /**
     * @param firstPort first RTP port, even
     * @param lastPort last port of the range, inclusive
     * @param recordings directory for recordings, or null when nothing is ever recorded
     * @param silenceTimeoutMillis an answered call without any RTP for so long is ended; 0 for never
     * @param phoneTimeoutMillis an agent's phone that neither sends RTP nor answers OPTIONS for so long is off the line, at
     *     least 2,000; 0 for never
     */
    public record Media(
            int firstPort,
            int lastPort,
            @Nullable Path recordings,
            long silenceTimeoutMillis,
            long phoneTimeoutMillis) {

        /** Without a watch of the phones. */
        public Media(int firstPort, int lastPort, @Nullable Path recordings, long silenceTimeoutMillis) {
            this(firstPort, lastPort, recordings, silenceTimeoutMillis, 0);
        }
    }
}
