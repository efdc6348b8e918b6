package org.paceline.sip.stack;

import org.jspecify.annotations.Nullable;
import org.paceline.sip.tls.TlsPeer;

/**
 * How messages go to a peer, wherever it is.
 *
 * @param tls whom a connection must be to; null where the transport is another, or where any connection that stands will
 *     do, as for a phone that connected to us
 * @param largeByTcp with UDP: whether requests that are too long for a datagram go by TCP (RFC 3261 §18.1.1)
 */
public record Link(Transport transport, @Nullable TlsPeer tls, boolean largeByTcp) {

    public static final Link UDP = new Link(Transport.UDP, null);
    public static final Link TCP = new Link(Transport.TCP, null);

    public Link {
        if (tls != null && transport != Transport.TLS) {
            throw new IllegalArgumentException("tls=" + tls + ": must be null for " + transport);
        }
        if (largeByTcp && transport != Transport.UDP) {
            throw new IllegalArgumentException("largeByTcp=true: must be false for " + transport);
        }
    }

    public Link(Transport transport, @Nullable TlsPeer tls) {
        this(transport, tls, false);
    }
}
