package org.paceline.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.Fixtures;
import org.paceline.daemon.config.read.Configuration;
import org.paceline.daemon.csv.ImportProgress;
import org.paceline.daemon.csv.ListFormat;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.leads.LeadImport;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.Limit;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.rules.NumberPlan;
import org.paceline.sip.simulation.PhoneManner;
import org.paceline.sip.simulation.PublicBehaviour;
import org.paceline.sip.simulation.SimulatedCarrier;
import org.paceline.sip.simulation.SimulatedPhones;

/** The whole daemon against a simulated carrier and phone, over real SIP, RTP and HTTP on loopback. */
class DaemonIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private SimulatedCarrier carrier;
    private SimulatedPhones phones;

    @BeforeEach
    void begin() throws Exception {
        carrier = new SimulatedCarrier("127.0.0.1", 0, PublicBehaviour.answering(50, 300), 1);
        phones = new SimulatedPhones("127.0.0.1", 0, List.of("alice"));
        Files.createDirectories(folder.resolve("campaigns"));
        Files.createDirectories(folder.resolve("policies"));
        Files.writeString(folder.resolve("policies/any-time.yaml"), """
                id: any-time
                title: Nothing is forbidden
                citation: none
                checked: 2026-11-01
                """);
        writeCampaign("running, by: Jane");
    }

    @AfterEach
    void end() {
        phones.close();
        carrier.close();
        client.close();
    }

    private void writeCampaign(String state) throws Exception {
        Files.writeString(folder.resolve("campaigns/autumn.yaml"), """
                name: autumn
                approval: {state: %s}
                policies: [any-time]
                caller-id: "+13055550100"
                caller-ids: ["+13055550100"]
                trunks: [main]
                wrap-up: 0s
                recording: always
                """.formatted(state));
    }

    private Configuration configuration(int apiPort) throws Exception {
        return configuration(apiPort, "standing");
    }

    private Configuration configuration(int apiPort, String line) throws Exception {
        Path file = Files.writeString(folder.resolve("paceline.yaml"), """
                node: {name: n1, zone: UTC, drain-limit: 5s}
                database: {file: data/paceline}
                sip: {host: 127.0.0.1, port: 0}
                trunks: [{name: main, host: 127.0.0.1, port: %d, channels: 30, probe-interval: 1s}]
                media: {first-port: 36000, last-port: 36199, recordings: recordings}
                agents: [{name: alice, address: "%s", line: %s, token: alice-token-0123456789}]
                api: {port: %d, supervisors: [{name: boss, token: boss-token-0123456789}]}
                """.formatted(
                        carrier.port(), phones.address("alice").uri(), line, apiPort));
        return Configuration.read(file, _ -> null);
    }

    private void importLeads(Configuration configuration, int count) throws Exception {
        StringBuilder rows = new StringBuilder("phone\n");
        for (int i = 0; i < count; i++) {
            rows.append("+1305555010").append(i).append('\n');
        }
        Path file = Files.writeString(folder.resolve("leads.csv"), rows);
        try (Database database = Database.open(Settings.database(configuration.daemon()))) {
            new LeadImport(database, new NumberPlan(), System::currentTimeMillis)
                    .run(
                            new LeadImport.Order(
                                    file,
                                    new CampaignId("autumn"),
                                    ListFormat.FOUND_OUT,
                                    folder.resolve("rejected.csv")),
                            ImportProgress.NONE);
        }
    }

    private HttpResponse<String> post(Daemon daemon, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(daemon.apiUrl() + path))
                        .header("Authorization", "Bearer alice-token-0123456789")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(Daemon daemon, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(daemon.apiUrl() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(Daemon daemon, String method, String path, String token, String body)
            throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(daemon.apiUrl() + path))
                        .header("Authorization", "Bearer " + token)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String aliceCall(Daemon daemon) {
        return String.valueOf(daemon.snapshot().agents().getFirst().call());
    }

    private static boolean isIn(Daemon daemon, AgentState state) {
        return daemon.snapshot().agents().stream().anyMatch(agent -> agent.state() == state);
    }

    @Test
    void shouldCallBackAsPromisedThenTakeTheComplaint() throws Exception {
        carrier.close();
        carrier = new SimulatedCarrier("127.0.0.1", 0, PublicBehaviour.answering(50, 60_000), 1);
        Files.writeString(
                folder.resolve("campaigns/autumn.yaml"),
                Files.readString(folder.resolve("campaigns/autumn.yaml"))
                        + "matter: renewal\ndispositions: [{name: rude, means: complaint}]\n");
        Configuration configuration = configuration(0);
        importLeads(configuration, 1);
        String boss = "boss-token-0123456789";
        String alice = "alice-token-0123456789";
        try (Daemon daemon = Daemon.start(configuration)) {
            post(daemon, "/api/agents/alice/sign-in");
            Awaitility.await().atMost(SOON).until(() -> isIn(daemon, AgentState.PAUSED));
            post(daemon, "/api/agents/alice/ready");
            Awaitility.await().atMost(SOON).until(() -> isIn(daemon, AgentState.TALKING));
            String due = Instant.now().plusSeconds(2).toString();
            String first = aliceCall(daemon);
            String promise = "{\"call\": \"" + first + "\", \"due\": \"" + due
                    + "\", \"personal\": true, \"note\": \"in a moment\"}";
            assertThat(send(daemon, "POST", "/api/agents/alice/callback", alice, promise)
                            .statusCode())
                    .isEqualTo(200);
            send(daemon, "POST", "/api/agents/alice/hang-up", alice, "{\"call\": \"" + first + "\"}");

            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> daemon.snapshot().agents().getFirst().callsTaken() == 2
                            && isIn(daemon, AgentState.TALKING));
            String named = "{\"call\": \"" + aliceCall(daemon) + "\"";
            assertThat(send(daemon, "POST", "/api/agents/alice/hang-up", alice, "{\"call\": \"" + first + "\"}")
                            .body())
                    .contains(first, aliceCall(daemon));
            assertThat(send(
                                    daemon,
                                    "POST",
                                    "/api/agents/alice/disposition",
                                    alice,
                                    named + ", \"disposition\": \"bad\"}")
                            .body())
                    .contains("must be one of rude");
            assertThat(send(
                                    daemon,
                                    "POST",
                                    "/api/agents/alice/disposition",
                                    alice,
                                    named + ", \"disposition\": \"rude\"}")
                            .statusCode())
                    .isEqualTo(200);
            send(daemon, "POST", "/api/agents/alice/hang-up", alice, named + "}");
            Awaitility.await().atMost(SOON).until(() -> daemon.snapshot().liveCalls() == 0);
            Awaitility.await()
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(send(daemon, "GET", "/api/callbacks", boss, "")
                                    .body())
                            .contains("\"state\":\"DONE\"", "\"agent\":\"alice\"", "\"note\":\"in a moment\""));
            assertThat(send(daemon, "GET", "/api/complaints?state=open", boss, "")
                            .body())
                    .contains("\"enteredBy\":\"agent:alice\"", "\"number\":\"+1305*****00\"");
            assertThat(send(daemon, "GET", "/api/do-not-call/+13055550100", boss, "")
                            .body())
                    .contains("\"kind\":\"complaint\"");
            assertThat(send(daemon, "GET", "/api/calls", boss, "").body())
                    .contains("\"matter\":\"renewal\"", "\"disposition\":\"rude\",\"meaning\":\"complaint\"");
        }
    }

    @Test
    void shouldConnectEveryLeadWithTheAgentAndKeepIt() throws Exception {
        Configuration configuration = configuration(0);
        importLeads(configuration, 5);
        try (Daemon daemon = Daemon.start(configuration)) {
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> get(daemon, "/health/ready").body().startsWith("{\"status\":\"up\""));
            assertThat(post(daemon, "/api/agents/alice/sign-in").statusCode()).isEqualTo(200);
            assertThat(post(daemon, "/api/agents/alice/ready").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(SOON).until(() -> daemon.recordings() == 5);
            Awaitility.await().atMost(SOON).until(() -> daemon.attempts().inFlight() == 0);
            assertThat(daemon.attempts().countByOutcome().get("autumn")).containsExactly(entry(Outcome.CONNECTED, 5L));
            // Metrics show the engine's newest snapshot, which the database may be ahead of.
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> get(daemon, "/metrics")
                            .body()
                            .contains("paceline_outcomes_total{campaign=\"autumn\",outcome=\"connected\"} 5.0"));
            assertThat(get(daemon, "/metrics").body())
                    .contains("paceline_connected_total 5.0")
                    .contains("paceline_media_open_sessions ")
                    .containsPattern("paceline_media_received_total [1-9]");
            daemon.drain(new CompletableFuture<Void>());
            assertThat(post(daemon, "/api/agents/alice/ready").statusCode()).isEqualTo(409);
        }
        try (Database database = Database.open(Settings.database(configuration.daemon()))) {
            assertThat(Fixtures.value(
                            database,
                            "SELECT campaigns || ': ' || reason FROM agent_session WHERE signed_out_at > signed_in_at"))
                    .isEqualTo("autumn: the daemon stops");
        }
        assertThat(carrier.stats().invites()).isEqualTo(5);
    }

    @Test
    void shouldCallAPhoneForEachCustomerAndPauseWhoMissesOne() throws Exception {
        phones.manner("alice", new PhoneManner.Answers(100));
        Configuration configuration = configuration(0, "per-call");
        importLeads(configuration, 3);
        try (Daemon daemon = Daemon.start(configuration)) {
            assertThat(post(daemon, "/api/agents/alice/sign-in").body()).contains("\"PAUSED\"");
            assertThat(phones.invites("alice")).isZero();
            assertThat(post(daemon, "/api/agents/alice/ready").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(SOON).until(() -> daemon.recordings() == 1);
            phones.manner("alice", new PhoneManner.Refuses(486));
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> daemon.snapshot().agents().getFirst().state() == AgentState.PAUSED);

            Snapshot.AgentStatus alice = daemon.snapshot().agents().getFirst();
            assertThat(alice.reason()).isEqualTo("missed a call: status 486 (busy here)");
            assertThat(alice.limitsPassed()).containsEntry(Limit.RING, 1L);
            assertThat(phones.invites("alice")).isEqualTo(alice.callsTaken() + 1);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> get(daemon, "/metrics")
                            .body()
                            .contains("paceline_limits_passed_total{limit=\"ring\"} 1.0"));
        }
    }

    @Test
    void shouldGiveAnAgentCallsFromTheMomentOfTheQualification() throws Exception {
        Path campaign = folder.resolve("campaigns/autumn.yaml");
        Files.writeString(campaign, Files.readString(campaign) + "qualification: {required: true}\n");
        Configuration configuration = configuration(0);
        importLeads(configuration, 1);
        try (Daemon daemon = Daemon.start(configuration)) {
            assertThat(post(daemon, "/api/agents/alice/sign-in").body())
                    .contains("agent alice may serve none of the campaigns: autumn (not qualified)");
            HttpResponse<String> qualified = client.send(
                    HttpRequest.newBuilder(URI.create(daemon.apiUrl() + "/api/agents/alice/qualifications/autumn"))
                            .header("Authorization", "Bearer boss-token-0123456789")
                            .PUT(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(qualified.body()).contains("\"campaign\":\"autumn\",\"until\":null,\"by\":\"supervisor:boss\"");
            assertThat(post(daemon, "/api/agents/alice/sign-in").statusCode()).isEqualTo(200);
            assertThat(post(daemon, "/api/agents/alice/ready").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(SOON).until(() -> daemon.recordings() == 1);
        }
    }

    private static java.util.Map.Entry<Outcome, Long> entry(Outcome outcome, long count) {
        return java.util.Map.entry(outcome, count);
    }

    @Test
    void shouldTakeAgentsTokensAndTrunksWhileACallGoesOn() throws Exception {
        carrier.close();
        carrier = new SimulatedCarrier("127.0.0.1", 0, PublicBehaviour.answering(50, 60_000), 1);
        Configuration configuration = configuration(0);
        importLeads(configuration, 2);
        try (SimulatedCarrier other = new SimulatedCarrier("127.0.0.1", 0, PublicBehaviour.answering(50, 300), 2);
                SimulatedPhones others = new SimulatedPhones("127.0.0.1", 0, List.of("bob"));
                Daemon daemon = Daemon.start(configuration)) {
            assertThat(post(daemon, "/api/agents/alice/sign-in").statusCode()).isEqualTo(200);
            assertThat(post(daemon, "/api/agents/alice/ready").statusCode()).isEqualTo(200);
            Awaitility.await().atMost(SOON).until(() -> isIn(daemon, AgentState.TALKING));

            Path file = folder.resolve("paceline.yaml");
            String changed = Files.readString(file)
                    .replace("port: " + carrier.port(), "port: " + other.port())
                    .replace(
                            phones.address("alice").uri(), others.address("bob").uri())
                    .replace("alice", "bob");
            Files.writeString(file, changed);
            String bob = "bob-token-0123456789";
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> send(daemon, "POST", "/api/agents/bob/sign-in", bob, "")
                                    .statusCode()
                            == 200);
            assertThat(send(daemon, "GET", "/api/agents/alice", "alice-token-0123456789", "")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(send(daemon, "POST", "/api/agents/bob/ready", bob, "").statusCode())
                    .isEqualTo(200);

            Awaitility.await().atMost(SOON).until(() -> daemon.recordings() == 1);
            assertThat(other.stats().invites()).isEqualTo(1);
            assertThat(carrier.stats().invites()).isEqualTo(1);
            assertThat(isIn(daemon, AgentState.TALKING)).isTrue();
        }
    }

    @Test
    void shouldDialOnceTheFileSaysSo() throws Exception {
        writeCampaign("draft");
        Configuration configuration = configuration(0);
        importLeads(configuration, 2);
        try (Daemon daemon = Daemon.start(configuration)) {
            assertThat(post(daemon, "/api/agents/alice/sign-in").statusCode()).isEqualTo(200);
            assertThat(post(daemon, "/api/agents/alice/ready").statusCode()).isEqualTo(200);
            Awaitility.await()
                    .atMost(SOON)
                    .until(() -> daemon.snapshot().campaigns().stream()
                            .flatMap(campaign -> campaign.idleReasons().stream())
                            .anyMatch(reason -> reason.code().equals("campaign.approval")));
            assertThat(carrier.stats().invites()).isZero();

            writeCampaign("running, by: Jane");
            Awaitility.await().atMost(SOON).until(() -> carrier.stats().invites() == 2);
        }
    }

    @Test
    void shouldSayInOneLineWhyItDoesNotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Configuration configuration = configuration(taken.getLocalPort());
            assertThatThrownBy(() -> Daemon.start(configuration))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("api.host, api.port: cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
        // All that had been started was stopped again: the database is free.
        Daemon.start(configuration(0)).close();

        Files.writeString(folder.resolve("data/paceline.mv.db"), "this is no database");
        Daemon.start(configuration(0)).close(); // made again from its redo log

        Files.writeString(folder.resolve("data/paceline.mv.db"), "this is no database");
        Files.move(folder.resolve("data/paceline.redo"), folder.resolve("elsewhere"));
        Configuration configuration = configuration(0);
        assertThatThrownBy(() -> Daemon.start(configuration))
                .isInstanceOf(StartException.class)
                .message()
                .contains("paceline.mv.db")
                .hasLineCount(1);
    }
}
