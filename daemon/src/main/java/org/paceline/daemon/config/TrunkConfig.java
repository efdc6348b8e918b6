package org.paceline.daemon.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.id.TrunkId;
import org.paceline.rules.NumberRange;
import org.paceline.sip.dialog.SipExtensions;
import org.paceline.sip.identity.TrunkIdentity;
import org.paceline.sip.stack.Link;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.trunk.TrunkAddress;
import org.paceline.sip.trunk.TrunkHost;
import org.paceline.sip.trunk.TrunkMatch;

/**
 * One of {@code trunks}: a carrier or a gateway that takes calls.
 *
 * @param hosts where it is, at least one
 * @param failoverAfter how long a call waits for the first response before it goes to the next address
 * @param reservedChannels how many of the channels campaigns leave free
 * @param callerIds the caller IDs that the peer accepts; empty for any
 * @param priority the trunk with the lower priority is tried first
 * @param match addresses besides its hosts from which it sends requests
 * @param redirects hosts besides its own that it may send calls on to
 * @param extensions the extensions of SIP that its calls offer and require
 * @param identity how it wants numbers and identities written
 * @param account what the peer knows us by, or null
 * @param tariff the carrier's charges, or null
 */
public record TrunkConfig(
        TrunkId id,
        List<TrunkHost> hosts,
        Duration failoverAfter,
        int channels,
        int reservedChannels,
        double callsPerSecond,
        List<NumberRange> callerIds,
        int priority,
        TrunkAddress.Probe probe,
        Duration probeInterval,
        TrunkMatch match,
        List<InetAddress> redirects,
        SipExtensions extensions,
        TrunkIdentity identity,
        @Nullable AccountConfig account,
        @Nullable Tariff tariff) {

    /** Returns its only host, where it is written without a list; else null. */
    public @Nullable TrunkHost onlyHost() {
        TrunkHost first = hosts.getFirst();
        return hosts.size() == 1 && first.equals(new TrunkHost(first.host(), first.port(), 1, 0, first.link()))
                ? first
                : null;
    }

    /** Returns by what it is reached. */
    public Link link() {
        return hosts.getFirst().link();
    }

    /** Returns on what terms it is connected to by TLS; null where it is reached otherwise. */
    public @Nullable TlsTerms tls() {
        TlsPeer peer = link().tls();
        return peer == null ? null : peer.terms();
    }

    /** Whether the peer takes calls with each of those caller IDs. */
    public boolean accepts(NumberRange presented) {
        if (callerIds.isEmpty()) {
            return true;
        }
        long next = presented.first();
        while (next <= presented.last()) {
            long from = next;
            long last = callerIds.stream()
                    .filter(range -> range.contains(from))
                    .mapToLong(NumberRange::last)
                    .max()
                    .orElse(from - 1);
            if (last < from) {
                return false;
            }
            next = last + 1;
        }
        return true;
    }
}
