package org.paceline.sip.wire;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.tls.TlsPeer;

/**
 * The other end of a connection.
 *
 * @param secure whether by TLS
 * @param peer whom a connection that we open must be to; null without TLS, and for one that the other side opened, which
 *     showed us nothing
 */
public record Remote(
        InetSocketAddress at, boolean secure, @Nullable TlsPeer peer) {}
