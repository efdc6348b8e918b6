package org.paceline.daemon.config.read;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.MediaConfig;
import org.paceline.daemon.config.SipConfig;
import org.paceline.daemon.config.key.NodeKeys;
import org.paceline.sip.dns.Families;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.stack.Transport;
import org.paceline.yaml.Field;
import org.paceline.yaml.Place;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.key.Bounds;

/** Reads where SIP and media come in: {@code sip} and {@code media}. */
final class SocketsReader {
    private static final int MOST_NAME_SERVERS = 3;

    private SocketsReader() {}

    /** @param tls reads the transports, and the files of TLS */
    static SipConfig sip(YamlMap sip, TlsReader tls) {
        Field<String> written = NodeKeys.SIP_HOST.in(sip);
        String host = NodeKeys.SIP_HOST.of(sip);
        InetAddress bound = NameResolver.literal(host);
        Field<InetAddress> shown = NodeKeys.ADVERTISED_ADDRESS.in(sip);
        InetAddress advertised = shown.orNull();
        if (bound != null && bound.isAnyLocalAddress() && !shown.isWritten()) {
            refuseWildcard(written.place(), host, "sip.advertised-address");
        }
        if (advertised != null && !Families.of(host).has(advertised)) {
            refuseOtherFamily(shown.place(), "sip.host");
        }
        String seen = advertised == null ? host : advertised.getHostAddress();
        List<Transport> transports = tls.transports(sip);
        return new SipConfig(
                host,
                advertised,
                NodeKeys.SIP_PORT.of(sip),
                transports,
                tls.tls(sip, transports),
                NodeKeys.CALLER_ID_HOST.in(sip).orElse(seen),
                NodeKeys.USER_AGENT.of(sip),
                nameServers(sip),
                NodeKeys.TRACE_MEMORY.of(sip));
    }

    /** @param folder of relative paths */
    static MediaConfig media(YamlMap media, SipConfig sip, Path folder) {
        int firstPort = NodeKeys.FIRST_PORT.of(media);
        int lastPort = NodeKeys.LAST_PORT
                .within(Bounds.of(
                        "a port from " + (firstPort + 1) + " to 65535, above first-port",
                        port -> port > firstPort && port <= 65_535))
                .of(media);
        String recordings = NodeKeys.RECORDINGS.orNull(media);
        Field<InetAddress> host = NodeKeys.MEDIA_HOST.in(media);
        InetAddress bound = host.orNull();
        return new MediaConfig(
                firstPort,
                Math.max(lastPort, firstPort + 1),
                recordings == null ? null : folder.resolve(recordings).normalize(),
                NodeKeys.SILENCE_TIMEOUT.of(media),
                NodeKeys.PHONE_TIMEOUT.of(media),
                bound,
                advertised(NodeKeys.MEDIA_ADVERTISED_ADDRESS.in(media), host, sip));
    }

    private static @Nullable InetAddress advertised(Field<InetAddress> shown, Field<InetAddress> host, SipConfig sip) {
        InetAddress bound = host.orNull();
        InetAddress advertised = shown.orNull();
        if (advertised == null) {
            if (bound != null && bound.isAnyLocalAddress() && !shown.isWritten()) {
                refuseWildcard(host.place(), bound.getHostAddress(), "media.advertised-address");
            }
            return host.isWritten() ? null : sip.advertised();
        }
        if (!Families.of(bound == null ? sip.host() : bound.getHostAddress()).has(advertised)) {
            refuseOtherFamily(shown.place(), bound == null ? "sip.host" : "media.host");
        }
        return advertised;
    }

    private static void refuseWildcard(Place place, String host, String key) {
        place.problem("is " + host + ", to which nobody can send: set " + key
                + " to the address of this machine that trunks and phones reach, or name that address here");
    }

    private static void refuseOtherFamily(Place place, String key) {
        place.problem("is of another family (IPv4, IPv6) than " + key + ": must be an address at which " + key
                + " is reached");
    }

    private static List<InetSocketAddress> nameServers(YamlMap sip) {
        Field<List<InetSocketAddress>> field = NodeKeys.DNS.in(sip);
        List<InetSocketAddress> servers = field.orElse(List.of());
        if (servers.size() > MOST_NAME_SERVERS) {
            field.place().problem("has " + servers.size() + " name servers: must be at most " + MOST_NAME_SERVERS);
        }
        return servers;
    }
}
