package org.paceline.sip;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.stack.Transport;
import org.paceline.sip.tls.TlsServer;
import org.paceline.sip.tls.TlsTerms;

/**
 * By which transports SIP comes and goes.
 *
 * @param all at least one
 * @param tlsPort port at which peers connect by TLS; 0 for any free one
 * @param server on what terms peers may connect by TLS; null where only we open such connections
 * @param usual on what terms we connect by TLS to whoever is no trunk, which has its own
 */
public record SipTransports(
        Set<Transport> all, int tlsPort, @Nullable TlsServer server, TlsTerms usual) {

    /** UDP alone. */
    public static final SipTransports UDP = new SipTransports(EnumSet.of(Transport.UDP), 0, null, TlsTerms.USUAL);

    public SipTransports {
        all = Set.copyOf(all);
    }
}
