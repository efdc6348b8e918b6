package org.paceline.sip.trunk;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.identity.TrunkIdentity;

/**
 * The address of a trunk's peer.
 *
 * @param host name or address
 * @param port SIP port, UDP
 * @param probe how its health is checked
 * @param probeIntervalMillis time between two OPTIONS
 * @param redirects hosts besides its own that it may send calls on to (3xx)
 * @param extensions the extensions of SIP that its calls offer and require
 * @param identity how it wants numbers and identities written
 * @param account what it knows us by; null where it asks for no password
 */
public record TrunkAddress(
        TrunkId id,
        String host,
        int port,
        Probe probe,
        long probeIntervalMillis,
        List<InetAddress> redirects,
        SipExtensions extensions,
        TrunkIdentity identity,
        @Nullable TrunkAccount account) {

    public TrunkAddress {
        redirects = List.copyOf(redirects);
    }

    /**
     * Makes the address of a trunk without an account that may send calls on to its own address only, takes E.164 with
     * plus, and is offered the usual extensions.
     */
    public TrunkAddress(TrunkId id, String host, int port, Probe probe, long probeIntervalMillis) {
        this(id, host, port, probe, probeIntervalMillis, List.of(), SipExtensions.USUAL, TrunkIdentity.USUAL, null);
    }

    /** The ways in which a trunk's health is checked. */
    public enum Probe {
        /**
         * The trunk is checked by OPTIONS (RFC 3261 §11): it is down until the first answer, whatever its status, and
         * after two unanswered ones.
         */
        OPTIONS,
        /** The trunk is checked by calls alone: it is up until calls get no response. */
        CALLS
    }
}
