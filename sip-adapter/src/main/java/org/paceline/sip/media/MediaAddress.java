package org.paceline.sip.media;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Where media comes in.
 *
 * @param host the address that RTP ports are bound on; null for that of SIP
 * @param advertised the address that session descriptions name, where peers reach that one by another (NAT); null for the
 *     bound one
 */
public record MediaAddress(@Nullable String host, @Nullable InetAddress advertised) {

    /** Media comes in where SIP does. */
    public static final MediaAddress OF_SIP = new MediaAddress(null, null);
}
