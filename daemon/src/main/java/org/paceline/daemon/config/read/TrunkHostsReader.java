package org.paceline.daemon.config.read;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.config.key.TrunkKeys;
import org.paceline.sip.dns.Families;
import org.paceline.sip.stack.NameResolver;
import org.paceline.sip.trunk.TrunkHost;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/** Reads where a trunk is: its {@code host} and {@code port}, or its {@code addresses}. */
final class TrunkHostsReader {
    private static final int MOST = 16;

    private TrunkHostsReader() {}

    /** Returns at least one host. */
    static List<TrunkHost> read(YamlMap trunk, Families families, TlsReader.Trunk way) {
        Field<?> addresses = trunk.list(TrunkKeys.ADDRESSES.name());
        List<TrunkHost> several = several(trunk, families, way);
        Field<String> host = TrunkKeys.HOST.in(trunk);
        refuseOtherFamily(host, families);
        Field<Integer> port = TrunkKeys.PORT.in(trunk);
        if (addresses.orNull() == null) {
            if (!host.isWritten()) {
                host.place()
                        .problem("is missing: must be a host name or address, or there must be a list of addresses");
            }
            String name = host.orElse("127.0.0.1");
            return List.of(new TrunkHost(name, given(TrunkKeys.PORT.orNull(trunk)), 1, 0, way.link(name)));
        }
        if (host.isWritten() || port.isWritten()) {
            (host.isWritten() ? host : port)
                    .place()
                    .problem("stands beside 'addresses': keep the list, or 'host' and 'port' for a single address");
        }
        if (several.isEmpty()) {
            addresses.place().problem("is empty: must have at least one address, or be left out beside 'host'");
            return List.of(new TrunkHost("127.0.0.1", 1));
        }
        if (several.size() > MOST) {
            addresses.place().problem("has " + several.size() + " addresses: must be at most " + MOST);
        }
        return several;
    }

    /** Returns the name of the first host, and reports nothing. */
    static String firstHost(YamlMap trunk) {
        return TrunkKeys.ADDRESSES.in(trunk).stream()
                .map(TrunkKeys.ADDRESS_HOST::orNull)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> TrunkKeys.HOST.in(trunk).orElse("127.0.0.1"));
    }

    /** Returns the port, 0 where none is given. */
    private static int given(@Nullable Integer port) {
        return port == null ? 0 : port;
    }

    private static void refuseOtherFamily(Field<String> host, Families families) {
        InetAddress address = NameResolver.literal(host.orElse(""));
        if (address != null && !families.has(address)) {
            host.place()
                    .problem("is " + (address instanceof Inet6Address ? "IPv6" : "IPv4")
                            + ", to which sip.host cannot send: let sip.host be of that family, or name the trunk's other"
                            + " address");
        }
    }

    private static List<TrunkHost> several(YamlMap trunk, Families families, TlsReader.Trunk way) {
        Map<String, Integer> lines = new HashMap<>();
        return TrunkKeys.ADDRESSES.in(trunk).stream()
                .map(address -> {
                    Field<String> host = TrunkKeys.ADDRESS_HOST.in(address);
                    String name = TrunkKeys.ADDRESS_HOST.of(address);
                    TrunkHost read = new TrunkHost(
                            name,
                            given(TrunkKeys.ADDRESS_PORT.orNull(address)),
                            TrunkKeys.ADDRESS_PRIORITY.of(address),
                            TrunkKeys.ADDRESS_WEIGHT.of(address),
                            way.link(name));
                    refuseOtherFamily(host, families);
                    int line = host.place().line();
                    Integer earlier = lines.putIfAbsent(read.host() + " " + read.port(), line);
                    if (earlier != null && host.orNull() != null) {
                        host.place().problem("stands with the same port in line " + earlier + " already; keep one");
                    }
                    return read;
                })
                .toList();
    }
}
