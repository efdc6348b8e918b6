package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.daemon.leads.CallbackFigures;
import org.paceline.daemon.metrics.Metrics;
import org.paceline.daemon.periodic.PeriodicFigures;

/** Prometheus' own linter reads what {@code /metrics} shows. */
class PromtoolIT {
    @TempDir
    private Path folder;

    @BeforeEach
    void requirePromtool() {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool")));
        assertThat(there || !"true".equals(System.getenv("CI")))
                .as("promtool must be there in CI: apt-get install prometheus")
                .isTrue();
        assumeTrue(there, "skipped: promtool is not installed (apt-get install prometheus)");
    }

    @Test
    void shouldPassPrometheusOwnCheck() throws Exception {
        FakeFloor floor = new FakeFloor();
        Path scraped = folder.resolve("metrics.txt");
        try (Metrics metrics = new Metrics(
                () -> new FakeFloor().snapshot(),
                () -> List.of(new CampaignFile(Path.of("conf/campaigns/autumn.yaml"), null, List.of())),
                () -> Map.of("autumn", new CallbackFigures(3, 1, 2, 2, 1)),
                () -> List.of(
                        new PeriodicFigures("complaints", Duration.ofSeconds(10), 7, 2, Duration.ofMillis(1_500))),
                ApiFixture::storage,
                new Metrics.TrunkSources(floor::trunkAddresses, floor::registrations, floor::trunkTraffic),
                () -> Map.of("conf/sip.pem", 20L),
                () -> Map.of("sip.dropped.requests", 11L, "media.open.sessions", 3L))) {
            Files.writeString(scraped, metrics.scrape());
        }
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(scraped.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEmpty();
        assertThat(promtool.exitValue()).isZero();
        assertThat(Files.readString(scraped)).contains("paceline_build_info{", "version=");
    }
}
