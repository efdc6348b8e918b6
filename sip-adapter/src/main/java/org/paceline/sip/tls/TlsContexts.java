package org.paceline.sip.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.tls.TlsTerms.Check;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What secured connections are made with: TLS 1.3 and 1.2, with ciphers that keep earlier talks secret when a key is lost
 * later (RFC 9325 §4.2). Certificates, keys and trust files are read at the start, and again when they change; a file that
 * cannot be used then leaves the earlier one in force.
 *
 * <p>Thread: any; {@link #refresh} waits for the disk.
 */
public final class TlsContexts {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);
    /** A certificate that ends sooner is told of. */
    public static final int SHORT_DAYS = 21;

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final @Nullable TlsServer server;
    private final Clock clock;
    private final Map<Path, WatchedFile<X509ExtendedTrustManager>> authorities = new ConcurrentHashMap<>();
    private final Map<TlsFiles, WatchedFile<OwnCertificate>> own = new ConcurrentHashMap<>();
    private final X509ExtendedTrustManager usual;
    private final Map<TlsPeer, SslContext> clients = new ConcurrentHashMap<>();
    private final Map<Path, Instant> toldShort = new ConcurrentHashMap<>();
    private volatile @Nullable SslContext serverContext;

    /**
     * Reads all files.
     *
     * @param server on what terms peers may connect, or null
     * @param terms all on which we connect to others
     * @param clock tells how long certificates have
     * @throws TlsException where one cannot be used
     */
    public TlsContexts(@Nullable TlsServer server, Collection<TlsTerms> terms, Clock clock) throws TlsException {
        this.server = server;
        this.clock = clock;
        usual = authorities(null);
        for (TlsTerms each : terms) {
            watchAuthorities(each.trust());
            watchOwn(each.own());
        }
        if (server != null) {
            watchAuthorities(server.clients());
            watchOwn(server.own());
            serverContext = serverContext(server);
        }
        tellShort();
    }

    /** Reads the files of terms that are new; where one cannot be used, the log says so, and no connection is made on them. */
    public synchronized void learn(Collection<TlsTerms> terms) {
        for (TlsTerms each : terms) {
            try {
                watchAuthorities(each.trust());
                watchOwn(each.own());
            } catch (TlsException e) {
                LOG.error("tls=refused reason=\"{}\"", e.getMessage());
            }
        }
        tellShort();
    }

    private void watchAuthorities(@Nullable Path file) throws TlsException {
        if (file != null && !authorities.containsKey(file)) {
            authorities.put(file, new WatchedFile<>("trust", List.of(file), () -> authorities(file)));
        }
    }

    private void watchOwn(@Nullable TlsFiles files) throws TlsException {
        if (files != null && !own.containsKey(files)) {
            List<Path> both = List.of(files.certificate(), files.key());
            own.put(files, new WatchedFile<>("certificate", both, () -> PemFiles.own(files)));
        }
    }

    /**
     * Returns what a connection to that peer is secured with.
     *
     * @param peer on terms that were given at the start, or learnt since
     * @throws IllegalStateException where their files could not be read
     */
    public SslContext client(TlsPeer peer) {
        return clients.computeIfAbsent(peer, this::clientContext);
    }

    /** Returns what connections to us are secured with. */
    public SslContext server() {
        return Objects.requireNonNull(serverContext, "no certificate was given for connections to us");
    }

    /** Reads again what has changed. */
    public synchronized void refresh() {
        boolean changed = false;
        for (WatchedFile<?> each : authorities.values()) {
            changed |= each.refresh();
        }
        for (WatchedFile<OwnCertificate> each : own.values()) {
            changed |= each.refresh();
        }
        if (changed) {
            clients.clear();
            if (server != null) {
                try {
                    serverContext = serverContext(server);
                } catch (TlsException e) {
                    LOG.error("tls=kept reason=\"{}\"", e.getMessage());
                }
            }
        }
        tellShort();
    }

    /** Returns how our certificates stand, one for each file. */
    public List<CertificateStatus> certificates() {
        Instant now = clock.instant();
        List<CertificateStatus> all = new ArrayList<>();
        for (WatchedFile<OwnCertificate> each : own.values()) {
            all.add(each.value().status(now, each.problem()));
        }
        return all;
    }

    private void tellShort() {
        for (CertificateStatus each : certificates()) {
            boolean isShort = each.daysLeft() < SHORT_DAYS;
            if (isShort && !each.endsAt().equals(toldShort.put(each.file(), each.endsAt()))) {
                LOG.warn(
                        "certificate={} days_left={} ends={} effect=\"peers refuse us once it has ended; put a new one"
                                + " in its place, it is taken up without a restart\"",
                        each.file(),
                        each.daysLeft(),
                        each.endsAt());
            }
        }
    }

    private SslContext clientContext(TlsPeer peer) {
        TlsTerms terms = peer.terms();
        SslContextBuilder builder = SslContextBuilder.forClient()
                // The name is checked as SIP wants it, not as HTTPS does.
                .endpointIdentificationAlgorithm(null)
                .trustManager(new PeerTrust(trusted(terms.trust()), terms.check(), peer.domain()));
        if (terms.own() != null) {
            OwnCertificate certificate = read(own.get(terms.own()));
            builder.keyManager(certificate.key(), certificate.chain().toArray(X509Certificate[]::new));
        }
        try {
            return build(builder);
        } catch (SSLException e) {
            throw new IllegalStateException("TLS to " + peer.domain() + ": " + e.getMessage(), e);
        }
    }

    private SslContext serverContext(TlsServer terms) throws TlsException {
        OwnCertificate certificate =
                Objects.requireNonNull(own.get(terms.own())).value();
        SslContextBuilder builder = SslContextBuilder.forServer(
                certificate.key(), certificate.chain().toArray(X509Certificate[]::new));
        if (terms.clients() != null) {
            builder.clientAuth(ClientAuth.REQUIRE)
                    .trustManager(new PeerTrust(trusted(terms.clients()), Check.CHAIN, null));
        }
        try {
            return build(builder);
        } catch (SSLException e) {
            throw new TlsException("TLS cannot use certificate " + terms.own().certificate() + ": " + e.getMessage());
        }
    }

    private static SslContext build(SslContextBuilder builder) throws SSLException {
        return builder.sslProvider(SslProvider.JDK)
                .protocols(PROTOCOLS)
                .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .build();
    }

    private X509ExtendedTrustManager trusted(@Nullable Path file) {
        return file == null ? usual : read(authorities.get(file));
    }

    private static <T> T read(@Nullable WatchedFile<T> file) {
        if (file == null) {
            throw new IllegalStateException("the files of its tls could not be read");
        }
        return file.value();
    }

    /** @param file null for the JDK's own */
    private static X509ExtendedTrustManager authorities(@Nullable Path file) throws TlsException {
        try {
            KeyStore store = null;
            if (file != null) {
                store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                int number = 0;
                for (X509Certificate certificate : PemFiles.certificates(file)) {
                    store.setCertificateEntry("authority-" + number++, certificate);
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509ExtendedTrustManager found) {
                    return found;
                }
            }
            throw new IllegalStateException("this JDK has no trust manager for PKIX");
        } catch (TlsException e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsException(
                    "trust " + (file == null ? "of the JDK" : file) + " cannot be used: " + e.getMessage());
        }
    }
}
