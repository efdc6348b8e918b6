package org.paceline.daemon.config.key;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.SipConfig;
import org.paceline.daemon.config.SipTlsConfig;
import org.paceline.daemon.config.TrunkConfig;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TlsFiles;
import org.paceline.sip.tls.TlsTerms;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.Section;

/** The keys on the transports of SIP, and on TLS: of {@code sip} and of a trunk. */
public final class TlsKeys {

    public static final ScalarType<Transport> TRANSPORT_TYPE = ScalarType.choice(Transport.class);

    public static final ListKey<SipConfig, Transport> TRANSPORTS = ListKey.of(
                    "transports", TRANSPORT_TYPE, "by which SIP comes and goes: udp, tcp and tls; default: udp")
            .shown((SipConfig sip) ->
                    sip.transports().stream().map(Transport::word).toList());

    public static final Key<SipTlsConfig, Integer> PORT = Key.of("port", ScalarType.INTEGER, "0 for any free one")
            .within(Types.PORT_OR_ANY)
            .usually(SipTlsConfig.USUAL.port())
            .shown(SipTlsConfig::port);
    public static final Key<SipTlsConfig, Boolean> LISTEN = Key.of(
                    "listen", ScalarType.FLAG, "whether peers may connect; false: only we open connections")
            .usually(SipTlsConfig.USUAL.listen())
            .shown(SipTlsConfig::listen);
    public static final Key<SipTlsConfig, String> CERTIFICATE = Key.of(
                    "certificate", ScalarType.TEXT, "PEM: ours, then those that lead to its issuer")
            .shownAs((SipTlsConfig tls) -> certificate(tls.own()));
    public static final Key<SipTlsConfig, String> KEY = Key.of(
                    "key", ScalarType.TEXT, "PEM, PKCS #8, without a password; only ours to read")
            .shownAs((SipTlsConfig tls) -> key(tls.own()));
    public static final Key<SipTlsConfig, String> CLIENTS = Key.of(
                    "clients",
                    ScalarType.TEXT,
                    "PEM: peers that connect need a certificate of one of these; none unless set")
            .shownAs(SipTlsConfig::clients);
    public static final Key<SipTlsConfig, String> TRUST = Key.of(
                    "trust", ScalarType.TEXT, "PEM: authorities of those that we connect to; default: the JDK's")
            .shownAs(SipTlsConfig::trust);
    public static final Section<SipConfig, SipTlsConfig> TLS = Section.of(
                    "tls",
                    "with tls among the transports; files are read again when they change",
                    List.of(PORT, LISTEN, CERTIFICATE, KEY, CLIENTS, TRUST))
            .shown((SipConfig sip) -> sip.transports().contains(Transport.TLS) ? sip.tls() : null);

    public static final Key<TrunkConfig, Transport> TRUNK_TRANSPORT = Key.of(
                    "transport", TRANSPORT_TYPE, "udp, tcp or tls, which sip.transports must name")
            .usually(Transport.UDP)
            .shown((TrunkConfig trunk) -> trunk.link().transport());
    public static final Key<TrunkConfig, Boolean> LARGE_BY_TCP = Key.of(
                    "large-by-tcp", ScalarType.FLAG, "with udp: requests over 1300 bytes go by TCP (RFC 3261 18.1.1)")
            .usually(false)
            .shown((TrunkConfig trunk) -> trunk.link().largeByTcp());

    public static final Key<TlsTerms, String> TRUNK_TRUST = Key.of(
                    "trust", ScalarType.TEXT, "PEM: its authorities; default: sip.tls.trust")
            .shownAs(TlsTerms::trust);
    public static final Key<TlsTerms, String> TRUNK_CERTIFICATE = Key.of(
                    "certificate", ScalarType.TEXT, "PEM: ours, where it asks for one; default: sip.tls.certificate")
            .shownAs((TlsTerms terms) -> certificate(terms.own()));
    public static final Key<TlsTerms, String> TRUNK_KEY = Key.of(
                    "key", ScalarType.TEXT, "PEM, PKCS #8, without a password")
            .shownAs((TlsTerms terms) -> key(terms.own()));
    public static final Key<TlsTerms, TlsTerms.Check> CHECK = Key.of(
                    "check",
                    ScalarType.choice(TlsTerms.Check.class),
                    "its certificate: full (authority and name), chain (authority alone) or none")
            .usually(TlsTerms.Check.FULL)
            .shown(TlsTerms::check);
    public static final Section<TrunkConfig, TlsTerms> TRUNK_TLS = Section.of(
                    "tls", "with transport: tls", List.of(TRUNK_TRUST, TRUNK_CERTIFICATE, TRUNK_KEY, CHECK))
            .shown(TrunkConfig::tls);

    private TlsKeys() {}

    private static @Nullable Object certificate(@Nullable TlsFiles files) {
        return files == null ? null : files.certificate();
    }

    private static @Nullable Object key(@Nullable TlsFiles files) {
        return files == null ? null : files.key();
    }
}
