package org.paceline.sip.media;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The UDP ports of this machine that are bound, on whatever address, as Linux lists them. Trying each port of a range
 * by binding it would take about a second for some thousands.
 *
 * <p>Thread: any.
 */
final class BoundPorts {

    private static final Path IP4 = Path.of("/proc/net/udp");
    private static final Path IP6 = Path.of("/proc/net/udp6");

    private BoundPorts() {}

    /** @return null where the system has no such list, or we may not read it */
    static @Nullable Set<Integer> read() {
        return read(IP4, IP6);
    }

    /** @param ip6 the file does not exist where the system has no IPv6 */
    static @Nullable Set<Integer> read(Path ip4, Path ip6) {
        try {
            Set<Integer> ports = new HashSet<>();
            addTo(ports, ip4);
            if (Files.exists(ip6)) {
                addTo(ports, ip6);
            }
            return ports;
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Reads a table: a heading, then lines such as {@code 12: 0100007F:4E20 00000000:0000 07 …}: number, local address
     * and port, in hex.
     */
    private static void addTo(Set<Integer> ports, Path table) throws IOException {
        for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
            String[] fields = line.strip().split(" +", 3);
            if (fields[0].endsWith(":")) {
                if (fields.length < 3) {
                    throw new IllegalArgumentException(table + ": " + line);
                }
                ports.add(Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16));
            }
        }
    }
}
