package org.paceline.sip.trunk;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.TrunkId;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.identity.TrunkIdentity;

/**
 * Where the peer of a trunk is, and how its health is checked.
 *
 * @param hosts at least one
 * @param probe how its health is checked
 * @param probeIntervalMillis time between two OPTIONS, and between two resolutions of a name
 * @param failoverMillis how long a call waits for the first response before it goes to the next address
 * @param match addresses besides those of its hosts from which it sends requests
 * @param redirects hosts besides its own that it may send calls on to (3xx)
 * @param extensions the extensions of SIP that its calls offer and require
 * @param identity how it wants numbers and identities written
 * @param account what it knows us by; null where it asks for no password
 */
public record TrunkAddress(
        TrunkId id,
        List<TrunkHost> hosts,
        Probe probe,
        long probeIntervalMillis,
        long failoverMillis,
        TrunkMatch match,
        List<InetAddress> redirects,
        SipExtensions extensions,
        TrunkIdentity identity,
        @Nullable TrunkAccount account) {

    /** How long a call waits for the first response, by default. */
    public static final long FAILOVER_MILLIS = 4_000;

    public TrunkAddress {
        hosts = List.copyOf(hosts);
        redirects = List.copyOf(redirects);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("trunk " + id + ": hosts is empty: must have at least one");
        }
    }

    /**
     * Makes the address of a trunk with one host and without an account that may send calls on to its own address only,
     * takes E.164 with plus, and is offered the usual extensions.
     */
    public TrunkAddress(TrunkId id, String host, int port, Probe probe, long probeIntervalMillis) {
        this(id, List.of(new TrunkHost(host, port)), probe, probeIntervalMillis, FAILOVER_MILLIS);
    }

    /** Does the same for several hosts. */
    public TrunkAddress(TrunkId id, List<TrunkHost> hosts, Probe probe, long probeIntervalMillis, long failoverMillis) {
        this(
                id,
                hosts,
                probe,
                probeIntervalMillis,
                failoverMillis,
                TrunkMatch.NONE,
                List.of(),
                SipExtensions.USUAL,
                TrunkIdentity.USUAL,
                null);
    }

    /** Whether both register the same user at the same domain. */
    boolean registersAs(TrunkAddress other) {
        TrunkAccount.Registration ours = account == null ? null : account.registration();
        TrunkAccount.Registration theirs = other.account == null ? null : other.account.registration();
        return account != null
                && other.account != null
                && ours != null
                && theirs != null
                && ours.domain().equals(theirs.domain())
                && account.credentials()
                        .user()
                        .equals(other.account.credentials().user());
    }

    /** The ways in which a trunk's health is checked. */
    public enum Probe {
        /**
         * Each address is checked by OPTIONS (RFC 3261 §11): it is down until the first answer, whatever its status,
         * and after two unanswered ones.
         */
        OPTIONS,
        /** Each address is checked by calls alone: it is up until calls get no response. */
        CALLS
    }
}
