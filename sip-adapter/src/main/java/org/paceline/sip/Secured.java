package org.paceline.sip;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.ListenTerms;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TlsContexts;
import org.paceline.sip.tls.TlsException;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.sip.trunk.TrunkAddress;

/** Gathers what settings say of TLS. */
final class Secured {

    private Secured() {}

    /**
     * Reads all certificates; null without TLS.
     *
     * @throws TlsException where one cannot be used
     */
    static @Nullable TlsContexts contexts(SipSettings settings) throws TlsException {
        SipTransports transports = settings.transports();
        if (!transports.all().contains(Transport.TLS)) {
            return null;
        }
        List<TlsTerms> all = new ArrayList<>(terms(settings.trunks()));
        all.add(transports.usual());
        return new TlsContexts(transports.server(), all, Clock.systemUTC());
    }

    /** Returns the terms of all trunks that are reached by TLS. */
    static List<TlsTerms> terms(List<TrunkAddress> trunks) {
        return trunks.stream()
                .flatMap(trunk -> trunk.hosts().stream())
                .map(host -> host.link().tls())
                .filter(Objects::nonNull)
                .map(TlsPeer::terms)
                .toList();
    }

    static ListenTerms terms(SipSettings settings, @Nullable TlsContexts tls) {
        SipTransports transports = settings.transports();
        String advertised = settings.advertised();
        return new ListenTerms(
                settings.host(),
                advertised == null ? settings.host() : advertised,
                settings.port(),
                transports.all(),
                transports.tlsPort(),
                tls,
                transports.server() != null);
    }
}
