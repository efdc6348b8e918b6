package org.paceline.sip;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.sip.media.MediaSettings;
import org.paceline.sip.registrar.RegistrarSettings;
import org.paceline.sip.trunk.TrunkAddress;

/**
 * The settings that the adapter is started with.
 *
 * @param host address that SIP and RTP sockets bind to, and that Contact, Via and SDP show
 * @param advertised address that Contact, Via and Call-ID show in its place, where peers reach it by another (NAT)
 * @param port SIP port, UDP and TCP; 0 for any free one
 * @param transports by which SIP comes and goes
 * @param userAgent value of the User-Agent header
 * @param callerIdHost host part of From and P-Asserted-Identity
 * @param nameServers asked for the names of trunks; empty for the system's own
 * @param registrar for agents' phones that register
 * @param traceBytes how much memory the messages of the last time take; 0 where none are kept
 */
public record SipSettings(
        String host,
        @Nullable String advertised,
        int port,
        SipTransports transports,
        String userAgent,
        String callerIdHost,
        List<InetSocketAddress> nameServers,
        List<TrunkAddress> trunks,
        MediaSettings media,
        RegistrarSettings registrar,
        int traceBytes) {

    /** 16 MiB: some twenty thousand messages, or two thousand calls. */
    public static final int USUAL_TRACE_BYTES = 16 * 1024 * 1024;

    /** Settings with which no phone registers, and messages are kept in as much memory as is usual. */
    public SipSettings(
            String host,
            @Nullable String advertised,
            int port,
            String userAgent,
            String callerIdHost,
            List<InetSocketAddress> nameServers,
            List<TrunkAddress> trunks,
            MediaSettings media) {
        this(
                host,
                advertised,
                port,
                SipTransports.UDP,
                userAgent,
                callerIdHost,
                nameServers,
                trunks,
                media,
                RegistrarSettings.NONE,
                USUAL_TRACE_BYTES);
    }

    public SipSettings {
        nameServers = List.copyOf(nameServers);
        trunks = List.copyOf(trunks);
    }
}
