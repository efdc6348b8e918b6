package org.paceline.daemon.config.key;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.ScalarType;

/** The single values that are addresses on the network. */
final class AddressTypes {

    private static final int DNS_PORT = 53;
    private static final Pattern WITH_PORT =
            Pattern.compile("(?:\\[(?<v6>[^\\]]+)]|(?<v4>[^:\\[\\]]+)):(?<port>\\d{1,5})");

    static final ScalarType<InetAddress> ADDRESS =
            new ScalarType<>("an IP address, for example 192.0.2.7", AddressTypes::address);

    /** An address that others can send to. */
    static final ScalarType<InetAddress> REACHABLE_ADDRESS = new ScalarType<>(
                    "an IP address that others can send to, for example 198.51.100.7", AddressTypes::reachable)
            .write(InetAddress::getHostAddress);

    /** An address to bind, be it all of this machine. */
    static final ScalarType<InetAddress> LISTEN_ADDRESS = new ScalarType<>(
                    "an IP address of this machine, or 0.0.0.0 or :: for all", AddressTypes::address)
            .write(InetAddress::getHostAddress);

    static final ScalarType<InetSocketAddress> NAME_SERVER = new ScalarType<>(
                    "an IP address, for example 192.0.2.53, with a port where it is not 53, as 127.0.0.1:5353 or"
                            + " [2001:db8::53]:5353",
                    AddressTypes::nameServer)
            .write(AddressTypes::text);

    private AddressTypes() {}

    static String text(InetSocketAddress server) {
        String ip = server.getAddress().getHostAddress();
        if (server.getPort() == DNS_PORT) {
            return ip;
        }
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + server.getPort();
    }

    private static @Nullable InetSocketAddress nameServer(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        boolean hasPort = withPort.matches();
        String host = !hasPort ? text : withPort.group("v6") == null ? withPort.group("v4") : withPort.group("v6");
        int port = hasPort ? Integer.parseInt(withPort.group("port")) : DNS_PORT;
        InetAddress address = address(host);
        return address == null || port < 1 || port > 65_535 || address.isAnyLocalAddress()
                ? null
                : new InetSocketAddress(address, port);
    }

    private static @Nullable InetAddress reachable(String text) {
        InetAddress address = address(text);
        return address == null || address.isAnyLocalAddress() || address.isMulticastAddress() ? null : address;
    }

    private static @Nullable InetAddress address(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
