package org.paceline.sip.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIPp, which shares no code with us, as the caller of the simulated carrier. */
@Timeout(120)
class SippCallerIT {

    private static final int CALLS = 500;

    @TempDir
    Path folder;

    @Test
    void shouldServeAHundredCallsASecond() throws Exception {
        requireSipp();
        try (SimulatedCarrier carrier =
                new SimulatedCarrier("127.0.0.1", 0, PublicBehaviour.answering(200, 60_000), 1)) {
            Process sipp = new ProcessBuilder(
                            "sipp",
                            "-sn",
                            "uac",
                            "-i",
                            "127.0.0.1",
                            "-r",
                            "100",
                            "-m",
                            String.valueOf(CALLS),
                            "-d",
                            "500",
                            "-s",
                            "13055550123",
                            "-timeout",
                            "60s",
                            "-timeout_error",
                            "-nostdin",
                            "127.0.0.1:" + carrier.port())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(sipp.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(sipp.waitFor()).as(output).isZero();
            PeerStats stats = carrier.stats();
            assertThat(stats.invites()).isEqualTo(CALLS);
            assertThat(stats.answered()).isEqualTo(CALLS);
            assertThat(stats.acknowledged()).isEqualTo(CALLS);
            assertThat(stats.byesReceived()).isEqualTo(CALLS);
            assertThat(stats.open()).isZero();
            assertThat(carrier.invites("+13055550123")).isEqualTo(CALLS);
        }
    }

    private static void requireSipp() {
        boolean there = Files.isExecutable(Path.of("/usr/bin/sipp"));
        if (!there && "true".equals(System.getenv("CI"))) {
            fail("sipp is not installed: apt-get install sip-tester");
        }
        assumeTrue(there, "skipped: sipp is not installed (apt-get install sip-tester)");
    }
}
