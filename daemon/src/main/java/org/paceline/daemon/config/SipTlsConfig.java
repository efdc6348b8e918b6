package org.paceline.daemon.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.tls.TlsFiles;

/**
 * {@code sip.tls}: the node's side of TLS.
 *
 * @param port at which peers connect; 0 for any free one
 * @param listen whether peers may connect
 * @param own the node's certificate, or null
 * @param clients authorities one of which must have issued the certificate of a peer that connects; null for none
 * @param trust authorities of those that we connect to, unless a trunk has its own; null for the JDK's
 */
public record SipTlsConfig(
        int port,
        boolean listen,
        @Nullable TlsFiles own,
        @Nullable Path clients,
        @Nullable Path trust) {

    /** What holds unless it is set. */
    public static final SipTlsConfig USUAL = new SipTlsConfig(5061, true, null, null, null);
}
