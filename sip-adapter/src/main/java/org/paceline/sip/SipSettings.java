package org.paceline.sip;

import java.net.InetSocketAddress;
import java.util.List;
import org.paceline.sip.media.MediaSettings;
import org.paceline.sip.trunk.TrunkAddress;

/**
 * The settings that the adapter is started with.
 *
 * @param host address that SIP and RTP sockets bind to, and that Contact, Via and SDP show
 * @param port SIP port, UDP; 0 for any free one
 * @param userAgent value of the User-Agent header
 * @param callerIdHost host part of From and P-Asserted-Identity
 * @param nameServers asked for the names of trunks; empty for the system's own
 */
public record SipSettings(
        String host,
        int port,
        String userAgent,
        String callerIdHost,
        List<InetSocketAddress> nameServers,
        List<TrunkAddress> trunks,
        MediaSettings media) {

    public SipSettings {
        nameServers = List.copyOf(nameServers);
        trunks = List.copyOf(trunks);
    }
}
