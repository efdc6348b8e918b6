package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BoundPortsTest {

    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt\n";

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldListAPortThatIsBound() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            assertThat(BoundPorts.read()).contains(socket.getLocalPort());
        }
    }

    @Test
    void shouldReadTheTablesOfBothVersions() throws IOException {
        Path ip4 = Files.writeString(
                folder.resolve("udp"), HEADING + "   61: 0100007F:4E20 00000000:0000 07 00000000:00000000\n");
        Path ip6 = Files.writeString(
                folder.resolve("udp6"),
                HEADING + " 1234: 00000000000000000000000000000000:752E 00000000000000000000000000000000:0000 07\n");

        assertThat(BoundPorts.read(ip4, ip6)).containsExactlyInAnyOrder(20_000, 29_998);
        assertThat(BoundPorts.read(ip4, folder.resolve("none"))).containsExactly(20_000);
    }

    @Test
    void shouldKnowNothingWhereThereIsNoTableOrAnotherOne() throws IOException {
        Path odd = Files.writeString(folder.resolve("odd"), HEADING + "   61: 0100007F:port 07\n");

        assertThat(BoundPorts.read(folder.resolve("none"), folder.resolve("none")))
                .isNull();
        assertThat(BoundPorts.read(odd, odd)).isNull();
    }
}
