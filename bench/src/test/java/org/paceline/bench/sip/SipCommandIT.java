package org.paceline.bench.sip;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.sip.simulation.PublicBehaviour;
import org.paceline.sip.simulation.SimulatedCarrier;
import picocli.CommandLine;

class SipCommandIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void shouldCallTheSimulatedCarrier() throws IOException {
        try (SimulatedCarrier carrier =
                new SimulatedCarrier("127.0.0.1", 0, PublicBehaviour.answering(10, 60_000), 1)) {
            int code = run(
                    "--to",
                    "127.0.0.1:" + carrier.port(),
                    "--rate",
                    "20",
                    "--seconds",
                    "2",
                    "--warmup",
                    "0",
                    "--hold",
                    "50",
                    "--out",
                    folder.toString());

            assertThat(err.toString()).isEmpty();
            assertThat(code).isZero();
            JsonNode figures = new ObjectMapper()
                    .readTree(folder.resolve("summary.json").toFile())
                    .path("figures");
            assertThat(figures.path("attempts").path("value").asInt()).isEqualTo(40);
            assertThat(figures.path("answered").path("value").asInt()).isEqualTo(40);
            assertThat(figures.path("failed").path("value").asInt()).isZero();
            assertThat(figures.path("unended").path("value").asInt()).isZero();
            assertThat(figures.path("setup.p50").path("value").asDouble()).isGreaterThan(5);
            assertThat(figures.path("cpuPerCall").path("value").asDouble()).isPositive();
            assertThat(out.toString()).contains("sip: second 1");
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() throws IOException {
        int port = portOfNobody();

        assertThat(run(
                        "--to",
                        "127.0.0.1:" + port,
                        "--rate",
                        "1",
                        "--seconds",
                        "1",
                        "--hold",
                        "1",
                        "--out",
                        folder + ""))
                .isNotZero();
        assertThat(err.toString()).contains("nothing answers SIP over UDP at 127.0.0.1:" + port);
    }

    private static int portOfNobody() throws SocketException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private int run(String... arguments) {
        CommandLine command = new CommandLine(new SipCommand());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            line.getErr().println(e.getMessage());
            return 1;
        });
        return command.execute(arguments);
    }
}
