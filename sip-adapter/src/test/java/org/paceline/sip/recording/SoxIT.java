package org.paceline.sip.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.dialer.call.RecordingFile;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.threads.ThreadWatch;
import org.paceline.sip.audio.G711;

/** A recording by the real thread, as SoX sees it. */
class SoxIT {

    @TempDir
    Path directory;

    @Test
    void shouldWriteAFileThatSoxTakesAsStereo() throws Exception {
        boolean there = Files.isExecutable(Path.of("/usr/bin/sox"));
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("CI must have sox: apt-get install sox")
                .isTrue();
        assumeTrue(there, "sox is not installed: apt-get install sox");

        var closed = new CompletableFuture<RecordingFile>();
        try (Recorder recorder = new Recorder(
                directory,
                Clock.systemUTC(),
                (_, file) -> closed.complete(file),
                _ -> {},
                ThreadWatch.endingTheProcess())) {
            long start = System.nanoTime();
            RecordingTap tap = recorder.open(new CallId(1), new CampaignId("spring"), start);
            for (int i = 0; i < 150; i++) {
                tap.packet(
                        true, 1, i * 160, G711.PCMU, Unpooled.buffer().writeZero(160), 0, 160, start + i * 20_000_000L);
            }
            tap.close(start + 3_000_000_000L);
            RecordingFile file = closed.get(10, TimeUnit.SECONDS);
            assertThat(sox("--i", file.path()))
                    .contains("Channels       : 2", "Sample Rate    : 8000", "Precision      : 16-bit")
                    .contains("00:00:03.00 = 24000 samples");
        }
    }

    private static String sox(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = "/usr/bin/sox";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
