package org.paceline.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.dialer.threads.ThreadSign;
import org.paceline.sip.simulation.PublicBehaviour;
import org.paceline.sip.simulation.SimulatedCarrier;

/**
 * Every thread that a running daemon watches dies of an Error in its own loop, and is heard of. Which threads there are, the
 * running daemon says itself, so that a new one is in the test without anybody's doing.
 */
class DeadThreadsIT {
    /** The slowest threads take a turn every ten seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    /** Those that are to die; each asks for the time itself when it gives a sign of life. */
    private volatile Set<String> doomed = Set.of();

    @Test
    void shouldHearOfEachThreadThatDiesAndStopWithOneLine() throws Exception {
        try (SimulatedCarrier carrier = new SimulatedCarrier("127.0.0.1", 0, PublicBehaviour.answering(50, 300), 1);
                Daemon daemon = Daemon.start(configuration(carrier.port()), this::nanos);
                HttpClient client = HttpClient.newHttpClient()) {
            Set<String> running = names(daemon.threads().signs());
            assertThat(running.remove("database-copies"))
                    .as("the one that is awake only each 15 minutes")
                    .isTrue();
            assertThat(running)
                    .contains("dialer-engine", "recorder", "rtp-1", "sip-socket", "do-not-call", "config-watch");
            assertThat(daemon.threads().signs()).allMatch(ThreadSign::isAlive);

            // First those that only wake for what another brings them.
            doomed = running.stream()
                    .filter(name -> name.startsWith("sip-receive-"))
                    .collect(Collectors.toSet());
            thenDead(daemon, doomed);
            doomed = running;

            assertThat(daemon.failure().get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .matches("thread (" + String.join("|", running) + ") died: java.lang.NoClassDefFoundError: drill;"
                            + " the log has the trace");
            thenDead(daemon, running);
            HttpResponse<String> live = client.send(
                    HttpRequest.newBuilder(URI.create(daemon.apiUrl() + "/health/live"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(live.statusCode()).isEqualTo(503);
            assertThat(live.body()).contains("{\"name\":\"recorder\",\"alive\":false");
        }
    }

    private static void thenDead(Daemon daemon, Set<String> threads) {
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(names(daemon.threads().signs().stream()
                                .filter(ThreadSign::dead)
                                .toList()))
                        .containsExactlyInAnyOrderElementsOf(threads));
    }

    private long nanos() {
        if (doomed.contains(Thread.currentThread().getName())) {
            throw new NoClassDefFoundError("drill");
        }
        return System.nanoTime();
    }

    private static Set<String> names(List<ThreadSign> signs) {
        return signs.stream().map(ThreadSign::thread).collect(Collectors.toCollection(TreeSet::new));
    }

    private Configuration configuration(int carrier) throws Exception {
        Files.createDirectories(folder.resolve("campaigns"));
        Files.createDirectories(folder.resolve("policies"));
        Path file = Files.writeString(folder.resolve("paceline.yaml"), """
                node: {name: n1, zone: UTC, drain-limit: 1s, lease: 40s}
                database: {file: data/paceline}
                sip: {host: 127.0.0.1, port: 0}
                trunks: [{name: main, host: 127.0.0.1, port: %d, channels: 30, probe-interval: 1s}]
                media: {first-port: 36200, last-port: 36299, recordings: recordings}
                api: {port: 0, supervisors: [{name: boss, token: boss-token-0123456789}]}
                """.formatted(carrier));
        return Configuration.read(file, _ -> null);
    }
}
