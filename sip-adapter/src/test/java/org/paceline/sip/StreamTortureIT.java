package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.sip.stack.Transport;

/**
 * The torture messages of RFC 4475 and RFC 5118 over TCP and TLS, twice each, with a call after each. One that cannot be
 * framed ends its connection, so each comes over one of its own.
 */
@Timeout(180)
class StreamTortureIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"TCP", "TLS"})
    void shouldSurviveAndPlaceTheNextCall(Transport transport) throws Exception {
        List<Path> messages = TortureIT.messages();
        try (StreamTrunk trunk = new StreamTrunk(transport, folder)) {
            for (int round = 0; round < 2; round++) {
                for (Path message : messages) {
                    send(trunk, Files.readAllBytes(message));
                    trunk.placeCall();
                }
            }

            assertThat(trunk.dialer().counter("receive_errors")).isZero();
            assertThat(trunk.dialer().counter("malformed_messages")).isPositive();
            assertThat(trunk.dialer().counter("calls_dialled")).isEqualTo(2L * messages.size());
        }
    }

    private static void send(StreamTrunk trunk, byte[] message) throws IOException {
        try (Socket socket = trunk.connect()) {
            socket.getOutputStream().write(message);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        }
    }
}
