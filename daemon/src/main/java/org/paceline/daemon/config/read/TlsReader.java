package org.paceline.daemon.config.read;

import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.SipTlsConfig;
import org.paceline.daemon.config.key.TlsKeys;
import org.paceline.sip.stack.Link;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.CertificateStatus;
import org.paceline.sip.tls.TlsCheck;
import org.paceline.sip.tls.TlsContexts;
import org.paceline.sip.tls.TlsException;
import org.paceline.sip.tls.TlsFiles;
import org.paceline.sip.tls.TlsPeer;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads by which transports SIP goes, and the files of TLS. */
final class TlsReader {

    private final Path folder;
    private final Clock clock;

    /** @param folder that paths are relative to */
    TlsReader(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    List<Transport> transports(YamlMap sip) {
        Set<Transport> all = EnumSet.noneOf(Transport.class);
        all.addAll(TlsKeys.TRANSPORTS.of(sip));
        return all.isEmpty() ? List.of(Transport.UDP) : List.copyOf(all);
    }

    SipTlsConfig tls(YamlMap sip, List<Transport> transports) {
        YamlMap tls = TlsKeys.TLS.orNull(sip);
        boolean wanted = transports.contains(Transport.TLS);
        if (tls == null) {
            if (wanted) {
                TlsKeys.CERTIFICATE
                        .in(TlsKeys.TLS.in(sip))
                        .place()
                        .problem("is missing: peers that connect by TLS must be shown a certificate; or set listen:"
                                + " false, then only we open connections");
            }
            return SipTlsConfig.USUAL;
        }
        Field<String> certificate = TlsKeys.CERTIFICATE.in(tls);
        boolean listen = TlsKeys.LISTEN.of(tls);
        SipTlsConfig read = new SipTlsConfig(
                TlsKeys.PORT.of(tls),
                listen,
                own(certificate, TlsKeys.KEY.in(tls)),
                authorities(TlsKeys.CLIENTS.in(tls)),
                authorities(TlsKeys.TRUST.in(tls)));
        if (!wanted) {
            certificate.place().caution("is not used, as sip.transports does not name tls");
        } else if (listen && !certificate.isWritten()) {
            certificate
                    .place()
                    .problem("is missing: peers that connect by TLS must be shown a certificate; or set listen: false,"
                            + " then only we open connections");
        }
        return read;
    }

    /** What leads to a trunk's hosts, each by its name. */
    Trunk trunk(YamlMap trunk, List<Transport> transports, SipTlsConfig node) {
        Field<Transport> field = TlsKeys.TRUNK_TRANSPORT.in(trunk);
        Transport transport = TlsKeys.TRUNK_TRANSPORT.of(trunk);
        if (!transports.contains(transport)) {
            field.place()
                    .problem("is " + transport.word() + ", which sip.transports does not name: must be one of "
                            + words(transports));
        }
        YamlMap tls = TlsKeys.TRUNK_TLS.orNull(trunk);
        TlsTerms terms = new TlsTerms(node.trust(), node.own(), TlsTerms.Check.FULL);
        if (tls != null) {
            Path trust = authorities(TlsKeys.TRUNK_TRUST.in(tls));
            TlsFiles own = own(TlsKeys.TRUNK_CERTIFICATE.in(tls), TlsKeys.TRUNK_KEY.in(tls));
            terms = new TlsTerms(
                    trust == null ? node.trust() : trust, own == null ? node.own() : own, TlsKeys.CHECK.of(tls));
            if (transport != Transport.TLS) {
                field.place().problem("is " + transport.word() + " beside 'tls': must be tls, or leave 'tls' out");
            }
        }
        Field<Boolean> large = TlsKeys.LARGE_BY_TCP.in(trunk);
        boolean largeByTcp = TlsKeys.LARGE_BY_TCP.of(trunk);
        if (largeByTcp && !(transport == Transport.UDP && transports.contains(Transport.TCP))) {
            large.place().problem("is true: needs transport: udp, and tcp among sip.transports");
            largeByTcp = false;
        }
        return new Trunk(transport, largeByTcp, terms);
    }

    /** How a trunk is reached. */
    record Trunk(Transport transport, boolean largeByTcp, TlsTerms terms) {

        /** @param host the name that its certificate must be for */
        Link link(String host) {
            return new Link(transport, transport == Transport.TLS ? new TlsPeer(host, terms) : null, largeByTcp);
        }
    }

    static String words(List<Transport> transports) {
        return String.join(", ", transports.stream().map(Transport::word).toList());
    }

    private @Nullable TlsFiles own(Field<String> certificate, Field<String> key) {
        String first = certificate.orNull();
        String second = key.orNull();
        if (first == null || second == null) {
            if (certificate.isWritten() != key.isWritten()) {
                (certificate.isWritten() ? key : certificate)
                        .place()
                        .problem("is missing: a certificate and its key belong together");
            }
            return null;
        }
        TlsFiles files = new TlsFiles(resolved(first), resolved(second));
        try {
            CertificateStatus status = TlsCheck.own(files, clock.instant());
            if (status.daysLeft() < 0) {
                certificate
                        .place()
                        .caution("ended at " + status.endsAt() + ": peers refuse it; put a new one in its place");
            } else if (status.daysLeft() < TlsContexts.SHORT_DAYS) {
                certificate.place().caution("ends in " + status.daysLeft() + " days, at " + status.endsAt());
            }
        } catch (TlsException e) {
            certificate.place().problem(String.valueOf(e.getMessage()));
        }
        return files;
    }

    private @Nullable Path authorities(Field<String> field) {
        String text = field.orNull();
        if (text == null) {
            return null;
        }
        Path file = resolved(text);
        try {
            TlsCheck.authorities(file);
        } catch (TlsException e) {
            field.place().problem(String.valueOf(e.getMessage()));
        }
        return file;
    }

    private Path resolved(String path) {
        return folder.resolve(path).normalize();
    }
}
