package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.calls.DailyTarget;
import org.paceline.daemon.complaints.ComplaintTerms;
import org.paceline.daemon.config.AgentConfig;
import org.paceline.daemon.config.ApiConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.daemon.config.DatabaseConfig;
import org.paceline.daemon.config.FloorConfig;
import org.paceline.daemon.config.LeaderConfig;
import org.paceline.daemon.config.MediaConfig;
import org.paceline.daemon.config.NodeConfig;
import org.paceline.daemon.config.RegistrarConfig;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.daemon.config.Secret;
import org.paceline.daemon.config.SipConfig;
import org.paceline.daemon.config.SipTlsConfig;
import org.paceline.daemon.config.SupervisorConfig;
import org.paceline.daemon.config.TeamConfig;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.daemon.database.Database;
import org.paceline.daemon.database.DatabaseException;
import org.paceline.daemon.database.DatabaseSettings;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.metrics.Metrics;
import org.paceline.daemon.periodic.PeriodicFigures;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.agent.AgentCommand;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.sip.auth.DigestAlgorithm;
import org.paceline.sip.stack.Transport;
import org.paceline.yaml.ConfigProblem;

class ApiServerTest {
    static final String ALICE = "alice-token-0123456789";
    static final String BOB = "bob-token-0123456789";
    private static final String CAROL = "carol-token-0123456789";
    static final String BOSS = "boss-token-0123456789";

    private static Database database;

    private final HttpClient client = HttpClient.newHttpClient();
    private final FakeFloor floor = new FakeFloor();
    private final List<CampaignFile> files = List.of(
            new CampaignFile(Path.of("conf/campaigns/autumn.yaml"), new CampaignId("autumn"), List.of()),
            new CampaignFile(
                    Path.of("conf/campaigns/broken.yaml"),
                    null,
                    List.of(new ConfigProblem("conf/campaigns/broken.yaml", 3, "pacing", "unknown key"))));
    private Services desks;
    private boolean trunkUp = true;
    private Metrics metrics;
    private ApiServer api;

    @BeforeAll
    static void openDatabase(@TempDir Path folder) throws DatabaseException {
        database = Database.open(DatabaseSettings.embedded(folder.resolve("db")));
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @BeforeEach
    void start() throws ApiStartException {
        desks = ApiFixture.desks(floor, database, new Heard(), () -> 1_794_000_000_000L);
        metrics = new Metrics(
                floor::snapshot,
                () -> files,
                desks.callbackFigures(),
                () -> List.of(
                        new PeriodicFigures("complaints", Duration.ofSeconds(10), 7, 2, Duration.ofMillis(1_500))),
                ApiFixture::storage,
                new Metrics.TrunkSources(floor::trunkAddresses, floor::registrations, floor::trunkTraffic),
                () -> Map.of("conf/sip.pem", 20L),
                () -> Map.of("sip.dropped", 11L));
        DaemonConfig config = config(0);
        api = ApiServer.start(
                () -> config,
                floor,
                desks,
                () -> files,
                metrics::scrape,
                () -> List.of(new HealthCheck("trunk:main", trunkUp, true, trunkUp ? "up" : "no answer to OPTIONS")));
    }

    @AfterEach
    void stop() {
        api.close();
        metrics.close();
    }

    static DaemonConfig config(int port) {
        return new DaemonConfig(
                Path.of("conf/paceline.yaml"),
                new NodeConfig("n1", ZoneOffset.UTC, "EUR", Duration.ofSeconds(1), Duration.ofSeconds(60)),
                new DatabaseConfig(
                        Path.of("db"),
                        null,
                        "paceline",
                        Secret.literal(""),
                        4,
                        Durability.PROCESS,
                        Path.of(""),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(15)),
                new SipConfig(
                        "127.0.0.1",
                        null,
                        0,
                        List.of(Transport.UDP),
                        SipTlsConfig.USUAL,
                        "127.0.0.1",
                        "Paceline",
                        List.of(),
                        0),
                new RegistrarConfig(
                        "127.0.0.1", List.of(DigestAlgorithm.MD5), Duration.ofSeconds(60), Duration.ofHours(1), 4, 5),
                List.of(),
                List.of(),
                new MediaConfig(20_000, 20_999, null, Duration.ZERO, Duration.ZERO, null, null),
                new FloorConfig(List.of(), Duration.ZERO, Duration.ZERO, Duration.ZERO),
                List.of(new TeamConfig("blue", "carol", null)),
                List.of(
                        new AgentConfig(
                                new AgentId("alice"),
                                new AgentAddress("sip:alice@127.0.0.1:5071"),
                                null,
                                "blue",
                                Set.of(),
                                Set.of(),
                                Secret.literal(ALICE),
                                1),
                        new AgentConfig(
                                new AgentId("bob"),
                                new AgentAddress("sip:bob@127.0.0.1:5072"),
                                null,
                                null,
                                Set.of("english"),
                                Set.of(new CampaignId("spring")),
                                Secret.literal(BOB),
                                1)),
                new ApiConfig(
                        "127.0.0.1",
                        port,
                        List.of(new SupervisorConfig("boss", Secret.literal(BOSS))),
                        List.of(new LeaderConfig("carol", Secret.literal(CAROL)))),
                ComplaintTerms.DEFAULT,
                DailyTarget.NONE,
                Path.of("campaigns"),
                Path.of("policies"));
    }

    private HttpResponse<String> send(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.url() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sign-in     |                              | SignIn[address=AgentAddress[uri=sip:alice@127.0.0.1:5071, line=STANDING], campaigns=[autumn], today=AgentDay[attempts=7, calls=3, talkMillis=61000]]
                    sign-in     | {"campaigns": null}          | SignIn[address=AgentAddress[uri=sip:alice@127.0.0.1:5071, line=STANDING], campaigns=[autumn], today=AgentDay[attempts=7, calls=3, talkMillis=61000]]
                    sign-in     | {"campaigns": ["autumn"]}    | SignIn[address=AgentAddress[uri=sip:alice@127.0.0.1:5071, line=STANDING], campaigns=[autumn], today=AgentDay[attempts=7, calls=3, talkMillis=61000]]
                    ready       |                              | Ready[]
                    pause       | {"reason": "lunch"}          | Pause[reason=lunch, note=null]
                    pause       | {"reason": "lunch", "note": "late"} | Pause[reason=lunch, note=late]
                    end-wrap-up | {"call": "7", "disposition": "sold"} | EndWrapUp[call=7, disposition=sold]
                    end-wrap-up | {"call": "7"}                | EndWrapUp[call=7, disposition=null]
                    end-wrap-up | {}                           | EndWrapUp[call=null, disposition=null]
                    disposition | {"call": "7", "disposition": "sold"} | Dispose[call=7, disposition=sold]
                    callback    | {"call": "7", "due": "2026-12-01T10:30:00+01:00", "personal": true, "note": "after six"} | CallBack[call=7, dueEpochMillis=1796117400000, personal=true, note=after six]
                    callback    | {"call": "7", "due": "2026-12-01T09:30:00Z"} | CallBack[call=7, dueEpochMillis=1796117400000, personal=false, note=null]
                    note        | {"call": "7", "text": " asks for it "} | Note[call=7, text=asks for it]
                    record      | {"call": "7"}                | StartRecording[call=7]
                    hang-up     | {"call": "7"}                | HangUp[call=7]
                    sign-out    |                              | SignOut[]
                    """)
    void shouldHandEveryCommandToTheEngine(String name, String body, String command) throws Exception {
        HttpResponse<String> response = send("POST", "/api/agents/alice/" + name, ALICE, body == null ? "" : body);
        assertThat(response.body()).contains("\"state\":\"READY\"").contains("\"agent\":\"alice\"");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(floor.commands).map(AgentCommand::toString).containsExactly(command);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST | /api/agents/alice/ready   |       |                      | 401 | no valid token: send the header 'Authorization: Bearer TOKEN' with a token of the configuration
                    POST | /api/agents/alice/ready   | wrong |                      | 401 | no valid token: send the header 'Authorization: Bearer TOKEN' with a token of the configuration
                    POST | /api/agents/alice/ready   | bob   |                      | 403 | the token is agent 'bob''s: it acts for that agent only
                    GET  | /api/agents               | bob   |                      | 403 | the token is agent 'bob''s: this needs a leader's or a supervisor's
                    POST | /api/agents/bob/ready     | carol |                      | 403 | the token is leader 'carol''s: it acts for team blue only
                    GET  | /api/agents/zoe           | carol |                      | 403 | the token is leader 'carol''s: it acts for team blue only
                    GET  | /api/campaigns            | carol |                      | 403 | the token is leader 'carol''s: this needs a supervisor's
                    PUT  | /api/agents/alice/qualifications/autumn | carol |        | 403 | the token is leader 'carol''s: this needs a supervisor's
                    GET  | /api/agents/alice/sessions | bob |                        | 403 | the token is agent 'bob''s: it acts for that agent only
                    GET  | /api/agents/alice/sessions?from=today | boss |            | 400 | 'from' must be a day as 2026-11-25, in the years 1970 to 9999; is 'today'
                    GET  | /api/agents/alice/sessions?from=2026-11-25&to=2026-11-24 | boss | | 400 | 'to' must be a day from 'from' on, at most 366 days; is 2026-11-24
                    GET  | /api/agents/alice/sessions?from=2025-11-25&to=2026-11-26 | boss | | 400 | 'to' must be a day from 'from' on, at most 366 days; is 2026-11-26
                    PUT  | /api/agents/alice/qualifications/zoe | boss |            | 404 | no campaign 'zoe': must be one of [autumn]
                    PUT  | /api/agents/alice/qualifications/autumn | boss | {"until": "June"} | 400 | 'until' must be the last day as 2027-06-30, in the years 1970 to 9999, or be left out for no end; is 'June'
                    DELETE | /api/agents/alice/qualifications/autumn | boss |       | 404 | agent 'alice' has no qualification for 'autumn'
                    GET  | /api/campaigns            | alice |                      | 403 | the token is agent 'alice''s: this needs a supervisor's
                    POST | /api/agents/zoe/ready     | boss  |                      | 404 | no agent 'zoe': must be one of the configuration's agents
                    GET  | /api/caller-ids           | alice |                      | 403 | the token is agent 'alice''s: this needs a supervisor's
                    GET  | /api/campaigns/zoe        | boss  |                      | 404 | no campaign 'zoe': must be one of [autumn]
                    GET  | /api/nothing              | boss  |                      | 404 | nothing at /api/nothing
                    GET  | /api/agents/alice/ready   | boss  |                      | 405 | GET is not possible at /api/agents/alice/ready
                    POST | /api/agents/alice/pause   | alice |                      | 400 | 'reason' is missing: send {"reason": "lunch"}
                    POST | /api/agents/alice/pause   | alice | {"reason": 3}        | 400 | 'reason' must be a text that is not empty
                    POST | /api/agents/alice/pause   | alice | {"raeson": "x"}      | 400 | unknown key 'raeson': the body takes the keys reason, note
                    POST | /api/agents/alice/ready   | alice | {"a": 1}             | 400 | unknown key 'a': the body takes no keys
                    POST | /api/agents/alice/pause   | alice | []                   | 400 | the body must be a JSON object with the keys reason, note
                    POST | /api/agents/alice/disposition | alice | {"disposition": "sold"} | 400 | 'call' is missing: send {"call": "68719476737"}
                    POST | /api/agents/alice/end-wrap-up | alice | {"disposition": "sold"} | 400 | 'call' is missing: send {"call": "68719476737"}
                    POST | /api/agents/alice/callback | alice | {"due": "2026-12-01T09:30:00Z"} | 400 | 'call' is missing: send {"call": "68719476737"}
                    POST | /api/agents/alice/note    | alice | {"text": "x"}        | 400 | 'call' is missing: send {"call": "68719476737"}
                    POST | /api/agents/alice/note    | alice | {"call": "7"}        | 400 | 'text' is missing: send {"text": "asks for the brochure"}
                    POST | /api/agents/alice/note    | alice | {"call": "7", "text": "\\n"} | 400 | 'text' must be a text that is not empty
                    POST | /api/agents/alice/note    | alice | {"call": "7", "text": "a\\tb"} | 400 | 'text' has the control character U+0009: must be printable text; line breaks are allowed
                    POST | /api/agents/alice/note    | alice | {"call": "7", "text": "LONGEST NOTE+"} | 400 | 'text' has 2001 characters: must have at most 2000
                    POST | /api/agents/alice/note    | bob   | {"call": "7", "text": "x"} | 403 | the token is agent 'bob''s: it acts for that agent only
                    POST | /api/agents/alice/record  | alice |                      | 400 | 'call' is missing: send {"call": "68719476737"}
                    POST | /api/agents/alice/hang-up | boss  | {}                   | 400 | 'call' is missing: send {"call": "68719476737"}
                    POST | /api/agents/alice/hang-up | alice | {"call": "spring"}   | 400 | 'call' must be an id, for example "68719476737"
                    GET  | /api/callbacks?agnt=alice | boss  |                      | 400 | unknown query key 'agnt': must be one of campaign, agent, state, limit, before
                    GET  | /api/calls?agent=bob&agent=eve | boss |                  | 400 | query key 'agent' stands twice
                    GET  | /api/trunks?x=1           | boss  |                      | 400 | unknown query key 'x': there is none here
                    POST | /api/agents/alice/ready?force=1 | alice |                | 400 | unknown query key 'force': there is none here
                    DELETE | /api/do-not-call/+13055550123?reson=x | boss |         | 400 | unknown query key 'reson': must be one of reason, kind, campaign
                    GET  | /health/live?x=1          |       |                      | 400 | unknown query key 'x': there is none here
                    GET  | /api/agents/alice/sessions?from=+999999999-12-31 | boss | | 400 | 'from' must be a day as 2026-11-25, in the years 1970 to 9999; is ' 999999999-12-31'
                    GET  | /api/agents/alice/sessions?from=1969-12-31 | boss |      | 400 | 'from' must be a day as 2026-11-25, in the years 1970 to 9999; is '1969-12-31'
                    GET  | /api/agents/alice/sessions?from=-5000-01-01 | boss |     | 400 | 'from' must be a day as 2026-11-25, in the years 1970 to 9999; is '-5000-01-01'
                    GET  | /api/calls?from=-999999999-01-01T00:00:00Z | boss |      | 400 | 'from' must be a time with its offset in the years 1970 to 9999, for example 2026-12-01T09:30:00Z
                    PUT  | /api/agents/alice/qualifications/autumn | boss | {"until": "+999999999-12-31"} | 400 | 'until' must be the last day as 2027-06-30, in the years 1970 to 9999, or be left out for no end; is '+999999999-12-31'
                    POST | /api/agents/alice/callback | alice | {"call": "7", "due": "+999999999-12-31T23:59:59Z"} | 400 | 'due' must be a time with its offset in the years 1970 to 9999, for example 2026-12-01T09:30:00Z or 2026-12-01T09:30:00-05:00
                    POST | /api/callbacks            | boss  | {"lead": "1", "due": "-999999999-01-01T00:00:00Z"} | 400 | 'due' must be a time with its offset in the years 1970 to 9999, for example 2026-12-01T09:30:00Z or 2026-12-01T09:30:00-05:00
                    POST | /api/complaints           | alice | {"number": "+13055550123", "text": "x", "due": "+999999999-12-31T23:59:59Z"} | 400 | 'due' must be a time with its offset in the years 1970 to 9999, for example 2026-12-01T09:30:00Z or 2026-12-01T09:30:00-05:00
                    POST | /api/agents/alice/sign-in | alice | {"campaigns": "a"}   | 400 | 'campaigns' must be a list of texts
                    POST | /api/agents/alice/sign-in | alice | {"campaigns": []}    | 400 | 'campaigns' is empty: name at least one, or leave it out for all that the agent takes
                    POST | /api/agents/alice/sign-in | alice | {"campaigns": ["x"]} | 400 | no campaign 'x': must be one of [autumn]
                    POST | /api/agents/bob/sign-in   | bob   | {"campaigns": ["autumn"]} | 409 | agent 'bob' does not take campaign 'autumn': takes [spring]
                    POST | /api/do-not-call          | alice | {"number": "0305"}   | 400 | 'number': has no country code; write +…
                    POST | /api/do-not-call          | alice | {}                   | 400 | 'number' is missing: send {"number": "+13055550123"}
                    POST | /api/do-not-call          | alice | {"number": "+13055550123", "reason": "LONG"} | 400 | 'reason' has 201 characters: must have at most 200
                    POST | /api/do-not-call          | alice | {"number": "+13055550123", "reason": "a\\u0000b"} | 400 | 'reason' has the control character U+0000: must be printable text in one line
                    POST | /api/agents/alice/pause   | alice | {"reason": "lunch\\nat=1"} | 400 | 'reason' has the control character U+000A: must be printable text in one line
                    POST | /api/agents/alice/end-wrap-up | alice | {"call": "7", "disposition": "a\\u007f"} | 400 | 'disposition' has the control character U+007F: must be printable text in one line
                    POST | /api/agents/alice/sign-in | alice | {"campaigns": ["\\u001b"]} | 400 | 'campaigns' has the control character U+001B: must be printable text in one line
                    """, quoteCharacter = '`')
    void shouldSayWhatIsWrong(String method, String path, String who, String body, int status, String error)
            throws Exception {
        String token = switch (who == null ? "" : who) {
            case "alice" -> ALICE;
            case "bob" -> BOB;
            case "boss" -> BOSS;
            case "carol" -> CAROL;
            case "" -> "";
            default -> "some-other-token-123";
        };
        HttpResponse<String> response = send(
                method,
                path,
                token,
                body == null
                        ? ""
                        : body.replace("LONGEST NOTE", "x".repeat(2_000)).replace("LONG", "x".repeat(201)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"error\":\"" + error.replace("\"", "\\\"") + "\"}");
        assertThat(floor.commands).isEmpty();
    }

    @Test
    void shouldTakeANoteOfSeveralLinesUpToItsLength() throws Exception {
        String longest = "x".repeat(1_996);
        HttpResponse<String> response = send(
                "POST",
                "/api/agents/alice/note",
                ALICE,
                "{\"call\": \"7\", \"text\": \"a\\r\\nb\\r" + longest + "\\n\"}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(floor.commands).containsExactly(new AgentCommand.Note(new CallId(7), "a\nb\n" + longest));
    }

    @Test
    void shouldShowALeaderTheOwnTeamAndLetTheLeaderActForIt() throws Exception {
        assertThat(send("GET", "/api/agents", CAROL, "").body())
                .contains("\"id\":\"alice\"")
                .doesNotContain("\"id\":\"bob\"");
        assertThat(send("GET", "/api/agents", BOSS, "").body()).contains("\"id\":\"alice\"", "\"id\":\"bob\"");
        assertThat(send("POST", "/api/agents/alice/ready", CAROL, "").statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/api/agents/alice", CAROL, "").statusCode()).isEqualTo(200);
        assertThat(floor.commands).containsExactly(new AgentCommand.Ready());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PUT | /api/agents/alice/qualifications/autumn            | {"until": "9999-12-31"}
                    PUT | /api/agents/alice/qualifications/autumn            | {"until": "1970-01-01"}
                    GET | /api/agents/alice/sessions?from=9999-12-31         |
                    GET | /api/agents/alice/sessions?from=1970-01-01         |
                    GET | /api/calls?to=9999-12-31T23:59:59.999Z             |
                    GET | /api/calls?from=1970-01-01T00:00:00Z               |
                    """)
    void shouldTakeTheFirstAndTheLastDayOfItsYears(String method, String path, String body) throws Exception {
        assertThat(send(method, path, BOSS, body == null ? "" : body).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldQualifyAnAgentAndTakeItBack() throws Exception {
        String path = "/api/agents/alice/qualifications";
        assertThat(send("PUT", path + "/autumn", BOSS, "{\"until\": \"2027-06-30\"}")
                        .body())
                .isEqualTo("[{\"campaign\":\"autumn\",\"until\":\"2027-06-30\",\"by\":\"supervisor:boss\","
                        + "\"at\":\"2026-11-18T11:06:40Z\"}]");
        assertThat(send("PUT", path + "/autumn", BOSS, "").body()).contains("\"until\":null");
        assertThat(send("GET", path, ALICE, "").body()).contains("\"campaign\":\"autumn\"");
        assertThat(send("DELETE", path + "/autumn", BOSS, "").body()).isEqualTo("[]");
    }

    @Test
    void shouldShowAnAgentsShiftsOfDays() throws Exception {
        assertThat(send("GET", "/api/agents/alice/sessions?from=2026-11-18&to=2026-11-19", CAROL, "")
                        .body())
                .isEqualTo("[{\"signedInAt\":\"2026-11-18T11:06:40Z\",\"signedOutAt\":\"2026-11-18T11:07:40Z\","
                        + "\"seconds\":60,\"reason\":\"line lost: busy\",\"campaigns\":[\"autumn\"],\"node\":\"n1\"},"
                        + "{\"signedInAt\":\"2026-11-18T11:08:10Z\",\"signedOutAt\":null,\"seconds\":null,"
                        + "\"reason\":null,\"campaigns\":[\"autumn\",\"spring\"],\"node\":\"n1\"}]");
        assertThat(floor.asked).containsExactly("alice 1794960000000 1795132800000");
    }

    @Test
    void shouldSayWhatOfASignInWasNotDone() throws Exception {
        floor.answer = _ -> new CommandResult.Done(AgentState.LINE_CONNECTING, "not served: spring (not qualified)");
        assertThat(send("POST", "/api/agents/alice/sign-in", ALICE, "").body())
                .isEqualTo("{\"agent\":\"alice\",\"state\":\"LINE_CONNECTING\","
                        + "\"note\":\"not served: spring (not qualified)\"}");
    }

    @Test
    void shouldSayWhereJsonIsBroken() throws Exception {
        HttpResponse<String> response = send("POST", "/api/agents/alice/pause", ALICE, "{\"reason\": ");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).startsWith("{\"error\":\"the body is not JSON: ");
    }

    @Test
    void shouldTellARefusedCommandAsConflict() throws Exception {
        floor.answer = _ -> new CommandResult.Refused("agent is signed out: sign in first");
        HttpResponse<String> response = send("POST", "/api/agents/alice/ready", BOSS, "");
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).isEqualTo("{\"error\":\"agent is signed out: sign in first\"}");
    }

    @Test
    void shouldSay503WhileTheInboxIsFull() throws Exception {
        floor.failure = new EnginePort.BusyException();
        HttpResponse<String> response = send("POST", "/api/agents/alice/ready", ALICE, "");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("the engine's inbox is full");
    }

    @Test
    void shouldTakeAResultForDoneOnlyOnceItIsStored() throws Exception {
        floor.stored = CompletableFuture.failedFuture(new IllegalStateException("closed"));
        for (String command : List.of("disposition", "end-wrap-up")) {
            HttpResponse<String> response =
                    send("POST", "/api/agents/alice/" + command, ALICE, "{\"call\": \"7\", \"disposition\": \"sold\"}");
            assertThat(response.statusCode()).as(command).isEqualTo(503);
        }
        assertThat(send("POST", "/api/agents/alice/note", ALICE, "{\"call\": \"7\", \"text\": \"x\"}")
                        .statusCode())
                .isEqualTo(503);
        assertThat(send("POST", "/api/agents/alice/ready", ALICE, "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldFreeThePlaceOfARequestThatFailed() throws Exception {
        for (int i = 0; i < 300; i++) {
            assertThat(send("GET", "/api/agents", "", "").statusCode()).isEqualTo(401);
        }
        assertThat(send("GET", "/api/agents", BOSS, "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldShowAgentsCampaignsAndTrunks() throws Exception {
        assertThat(send("GET", "/api/agents/alice", ALICE, "").body())
                .isEqualTo(
                        "{\"id\":\"alice\",\"team\":\"blue\",\"state\":\"PAUSED\",\"reason\":\"lunch\",\"since\":\"2026-11-18T11:06:40Z\","
                                + "\"campaigns\":[\"autumn\",\"spring\"],\"notServed\":{\"spring\":\"not qualified\"},\"call\":null,\"lastCall\":\"68719476737\",\"callsTaken\":4,\"attemptsToday\":7,\"callsToday\":3,\"talkSecondsToday\":61,\"breakSecondsToday\":90,"
                                + "\"secondsSpent\":{\"TALKING\":61},\"overLimit\":\"talk\",\"limitsPassed\":{\"talk\":2}}");
        assertThat(send("GET", "/api/agents", BOSS, "").body()).startsWith("[{\"id\":\"alice\"");
        assertThat(send("GET", "/api/campaigns", BOSS, "").body())
                .contains("\"abandonment\":[{\"source\":\"uk-ofcom\",\"answered\":6,\"abandoned\":1,"
                        + "\"percent\":16.67,\"limitPercent\":3.0,\"left\":2}]")
                .contains("\"budget\":{\"holder\":\"campaign:autumn\",\"month\":\"2026-11\",\"limit\":500.00,"
                        + "\"spent\":123.456,\"reserved\":1.08,\"left\":375.464,\"currency\":\"EUR\"}")
                .contains(
                        "\"callbacks\":{\"open\":3,\"overdue\":1,\"done\":2,\"onTime\":2,\"missed\":1,\"onTimePercent\":50.0}")
                .contains("\"file\":{\"path\":\"conf/campaigns/autumn.yaml\",\"valid\":true,\"problems\":[]}");
        assertThat(send("GET", "/api/campaigns/autumn/pacing", BOSS, "").body())
                .isEqualTo("{\"campaign\":\"autumn\",\"mode\":\"ratio\",\"dialling\":false,"
                        + "\"idleReason\":\"no agent is ready\",\"idleReasons\":[{\"code\":\"agents.busy\","
                        + "\"text\":\"no agent is ready\",\"until\":null}],\"state\":{\"free\":1,\"soonFree\":0.4,\"ringing\":6,"
                        + "\"expectedAnswers\":1.9,\"answerRate\":0.25,\"answerRateDeviation\":0.05,\"price\":0.031,"
                        + "\"risk\":0.04,\"debt\":0.6,\"abandonsLeft\":2.2,\"why\":\"the risk is too high\"}}");
        assertThat(send("GET", "/api/campaigns/autumn/refusals", BOSS, "").body())
                .isEqualTo("{\"campaign\":\"autumn\",\"idleReason\":\"no agent is ready\",\"idleUntil\":null,"
                        + "\"byRule\":{\"optout\":2,\"window.workday\":9},\"leadsByRule\":{\"optout\":1},\"last\":["
                        + "{\"lead\":\"9\",\"number\":\"+1305*****23\",\"rule\":\"optout\",\"reason\":\"asked\","
                        + "\"citation\":\"api:bob\",\"refusedAt\":\"2026-11-18T11:06:40Z\",\"retryAt\":null},"
                        + "{\"lead\":\"4\",\"number\":\"+1305*****24\",\"rule\":\"gap.number\",\"reason\":\"too soon\","
                        + "\"citation\":\"x\",\"refusedAt\":\"2026-11-06T21:20:00Z\",\"retryAt\":\"2026-11-18T11:06:40Z\"}],"
                        + "\"next\":null}");
        assertThat(send("GET", "/api/trunks", BOSS, "").body())
                .isEqualTo(
                        "[{\"id\":\"main\",\"up\":true,\"state\":\"UP\",\"reason\":null,\"channels\":30,\"reservedChannels\":4,\"channelsInUse\":2,\"blockedUntil\":null,\"registration\":{\"registered\":false,\"secondsLeft\":0,\"reason\":\"status 403\"},"
                                + "\"figures\":{\"attempts\":200,\"answered\":50,\"effective\":160,\"asr\":0.25,\"ner\":0.8,"
                                + "\"recentAttempts\":128,\"recentAsr\":0.25,\"recentNer\":0.75,\"acdSeconds\":83.0,"
                                + "\"postDialDelay\":{\"count\":150,\"p50Millis\":1200,\"p95Millis\":4000},"
                                + "\"responses\":{\"200\":50,\"486\":90,\"503\":7,\"599\":2},\"unanswered\":3,\"unsent\":1,\"failedOver\":4},"
                                + "\"addresses\":[{\"host\":\"sip.example\",\"address\":\"192.0.2.1:5060\",\"state\":\"UP\",\"reason\":null,\"optionsMillis\":12.345},"
                                + "{\"host\":\"sip.example\",\"address\":\"[2001:db8::1]:5060\",\"state\":\"STOPPED\",\"reason\":\"3 calls without any response\",\"optionsMillis\":null}]}]");
        assertThat(send("GET", "/api/config", BOSS, "").body())
                .contains("{\"path\":\"conf/campaigns/broken.yaml\",\"valid\":false,"
                        + "\"problems\":[\"conf/campaigns/broken.yaml:3: pacing: unknown key\"]}");
    }

    @Test
    void shouldShowHealthOfCallerIdsTheMostBlockedFirst() throws Exception {
        assertThat(send("GET", "/api/caller-ids", BOSS, "").body())
                .isEqualTo("[{\"callerId\":\"+13055550101\",\"attempts\":3,\"answered\":1,\"blocked\":2,"
                        + "\"lastBlockedAt\":\"2026-11-18T11:06:40Z\",\"blockedRatio\":0.6667,"
                        + "\"answeredRatio\":0.3333,\"recentAnsweredRatio\":0.3333,\"answersFell\":true},"
                        + "{\"callerId\":\"+13055550100\",\"attempts\":7,\"answered\":5,\"blocked\":0,"
                        + "\"lastBlockedAt\":null,\"blockedRatio\":0.0,"
                        + "\"answeredRatio\":0.7143,\"recentAnsweredRatio\":0.7143,\"answersFell\":false}]");
    }

    @Test
    void shouldShowAgentsTheScript() throws Exception {
        assertThat(send("GET", "/api/campaigns/autumn/script", ALICE, "").statusCode())
                .isEqualTo(404);
        floor.script = new ScriptFile(Path.of("autumn.txt"), "v3", "ab", "ab", "Good morning.");
        assertThat(send("GET", "/api/campaigns/autumn/script", ALICE, "").body())
                .isEqualTo("{\"campaign\":\"autumn\",\"version\":\"v3\",\"approved\":true,\"sha256\":\"ab\","
                        + "\"text\":\"Good morning.\"}");
        floor.script = new ScriptFile(Path.of("autumn.txt"), "v3", "ab", "cd", "Good evening.");
        assertThat(send("GET", "/api/campaigns/autumn/script", ALICE, "").body())
                .contains("\"approved\":false");
    }

    @Test
    void shouldTurnThePagesOfRefusals() throws Exception {
        String path = "/api/campaigns/autumn/refusals?limit=1";
        assertThat(send("GET", path, BOSS, "").body())
                .contains("\"lead\":\"9\"")
                .doesNotContain("\"lead\":\"4\"")
                .endsWith("\"next\":\"1795000000000-9\"}");
        assertThat(send("GET", path + "&before=1795000000000-9", BOSS, "").body())
                .contains("\"lead\":\"4\"")
                .doesNotContain("\"lead\":\"9\"");
        assertThat(send("GET", path + "&before=yesterday", BOSS, "").statusCode())
                .isEqualTo(400);
        assertThat(send("GET", "/api/campaigns/autumn/refusals?limit=501", BOSS, "")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldPutANumberOnTheDoNotCallList() throws Exception {
        HttpResponse<String> response = send(
                "POST",
                "/api/do-not-call",
                ALICE,
                "{\"number\": \"+13055550123\", \"campaign\": \"autumn\", \"reason\": \"asked\"}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"number\":\"+1305*****23\",\"campaign\":\"autumn\"}");
        assertThat(floor.optedOut).containsExactly("+13055550123 autumn agent:alice asked");
    }

    @Test
    void shouldShowANumbersEntriesAndTakeThemOutForASupervisorWithAReason() throws Exception {
        String entries =
                "[{\"campaign\":null,\"kind\":\"request\",\"source\":\"file:registry\",\"enteredAt\":\"2026-11-06T21:20:00Z\",\"until\":null},"
                        + "{\"campaign\":\"autumn\",\"kind\":\"complaint\",\"source\":\"api:bob\",\"enteredAt\":\"2026-11-06T21:20:00Z\",\"until\":\"2026-11-18T11:06:40Z\"}]";
        assertThat(send("GET", "/api/do-not-call/+13055550123", BOSS, "").body())
                .isEqualTo(entries);
        assertThat(send("DELETE", "/api/do-not-call/+13055550123?campaign=autumn&reason=asked%20to", BOSS, "")
                        .body())
                .isEqualTo(entries);
        assertThat(floor.optedOut).containsExactly("- +13055550123 autumn supervisor:boss asked to");
        assertThat(send("DELETE", "/api/do-not-call/+13055550123?kind=complaint&reason=settled", BOSS, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(floor.optedOut).endsWith("- +13055550123 null supervisor:boss settled complaint");
        assertThat(send("DELETE", "/api/do-not-call/+13055550123?kind=other&reason=x", BOSS, "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(send("DELETE", "/api/do-not-call/+13055550129?reason=x", BOSS, "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("DELETE", "/api/do-not-call/+13055550123", BOSS, "").statusCode())
                .isEqualTo(400);
        assertThat(send("DELETE", "/api/do-not-call/+13055550123?reason=x", ALICE, "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(send("GET", "/api/do-not-call/+13055550123", ALICE, "").statusCode())
                .isEqualTo(403);
    }

    @Test
    void shouldSayWhetherItIsReady() throws Exception {
        assertThat(send("GET", "/health/live", "", "").body()).isEqualTo("{\"status\":\"up\",\"threads\":[]}");
        assertThat(send("GET", "/health/ready", "", "").statusCode()).isEqualTo(200);
        trunkUp = false;
        HttpResponse<String> down = send("GET", "/health/ready", "", "");
        assertThat(down.statusCode()).isEqualTo(503);
        assertThat(down.body())
                .isEqualTo("{\"status\":\"down\",\"checks\":[{\"name\":\"trunk:main\",\"up\":false,\"critical\":true,"
                        + "\"detail\":\"no answer to OPTIONS\"}]}");
    }

    @Test
    void shouldShowMetrics() throws Exception {
        HttpResponse<String> response = send("GET", "/metrics", "", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().lines())
                .contains(
                        "paceline_attempts_total{campaign=\"autumn\"} 10.0",
                        "paceline_outcomes_total{campaign=\"autumn\",outcome=\"no_answer\"} 3.0",
                        "paceline_refusals_total{campaign=\"autumn\",rule=\"window.workday\"} 9.0",
                        "paceline_agents{state=\"paused\"} 1.0",
                        "paceline_agents{state=\"ready\"} 0.0",
                        "paceline_agents_over_limit{limit=\"talk\"} 1.0",
                        "paceline_limits_passed_total{limit=\"talk\"} 2.0",
                        "paceline_trunk_up{trunk=\"main\"} 1.0",
                        "paceline_caller_id_attempts_total{caller_id=\"+13055550101\"} 3.0",
                        "paceline_caller_id_answered_total{caller_id=\"+13055550101\"} 1.0",
                        "paceline_caller_id_blocked_total{caller_id=\"+13055550101\"} 2.0",
                        "paceline_caller_id_blocked_total{caller_id=\"+13055550100\"} 0.0",
                        "paceline_caller_id_answers_fell{caller_id=\"+13055550100\"} 0.0",
                        "paceline_caller_id_answers_fell{caller_id=\"+13055550101\"} 1.0",
                        "paceline_calls_live 3.0",
                        "paceline_recorder_up 1.0",
                        "paceline_journal_seconds 0.007",
                        "paceline_journal_waiting 2.0",
                        "paceline_rtp_ports{state=\"usable\"} 100.0",
                        "paceline_rtp_ports{state=\"free\"} 90.0",
                        "paceline_rtp_ports{state=\"held_by_others\"} 3.0",
                        "paceline_not_sent_total{campaign=\"autumn\",reason=\"no_rtp_port\"} 2.0",
                        "paceline_idle{campaign=\"autumn\",reason=\"agents.busy\"} 1.0",
                        "paceline_periodic_runs_total{task=\"complaints\"} 7.0",
                        "paceline_periodic_failures_total{task=\"complaints\"} 2.0",
                        "paceline_periodic_period_seconds{task=\"complaints\"} 10.0",
                        "paceline_periodic_success_age_seconds{task=\"complaints\"} 1.5",
                        "paceline_storage_copy_age_seconds 61.5",
                        "paceline_storage_copy_record 900.0",
                        "paceline_storage_copy_rows 1200.0",
                        "paceline_storage_copy_bytes 48000.0",
                        "paceline_storage_copy_duration_seconds 0.25",
                        "paceline_storage_copies_failed_total 2.0",
                        "paceline_redo_log_record 950.0",
                        "paceline_redo_log_records 150.0",
                        "paceline_redo_log_bytes 70000.0",
                        "paceline_storage_rebuilt{reason=\"it is corrupt\"} 1.0",
                        "paceline_storage_log_cut{reason=\"\"} 0.0",
                        "paceline_storage_log_lacking{reason=\"\"} 0.0",
                        "paceline_dialling{campaign=\"autumn\"} 0.0",
                        "paceline_campaign_paused{campaign=\"autumn\"} 0.0",
                        "paceline_trunk_state{state=\"up\",trunk=\"main\"} 1.0",
                        "paceline_trunk_address_state{address=\"192.0.2.1:5060\",state=\"up\",trunk=\"main\"} 1.0",
                        "paceline_trunk_address_state{address=\"[2001:db8::1]:5060\",state=\"stopped\",trunk=\"main\"} 1.0",
                        "paceline_trunk_attempts_total{trunk=\"main\"} 200.0",
                        "paceline_trunk_answered_total{trunk=\"main\"} 50.0",
                        "paceline_trunk_effective_total{trunk=\"main\"} 160.0",
                        "paceline_trunk_answered_seconds_total{trunk=\"main\"} 4150.0",
                        "paceline_trunk_asr_ratio{trunk=\"main\"} 0.25",
                        "paceline_trunk_ner_ratio{trunk=\"main\"} 0.75",
                        "paceline_trunk_post_dial_delay_seconds_bucket{trunk=\"main\",le=\"3.0\"} 140",
                        "paceline_trunk_post_dial_delay_seconds_count{trunk=\"main\"} 150",
                        "paceline_trunk_post_dial_delay_seconds_sum{trunk=\"main\"} 240.0",
                        "paceline_trunk_responses_total{status=\"486\",trunk=\"main\"} 90.0",
                        "paceline_trunk_responses_total{status=\"5xx\",trunk=\"main\"} 2.0",
                        "paceline_trunk_responses_total{status=\"none\",trunk=\"main\"} 3.0",
                        "paceline_trunk_responses_total{status=\"unsent\",trunk=\"main\"} 1.0",
                        "paceline_trunk_failed_over_total{trunk=\"main\"} 4.0",
                        "paceline_trunk_options_seconds{address=\"192.0.2.1:5060\",trunk=\"main\"} 0.012345",
                        "paceline_trunk_registered{trunk=\"main\"} 0.0",
                        "paceline_trunk_registration_left_seconds{trunk=\"main\"} 0.0",
                        "paceline_trunk_state{state=\"down\",trunk=\"main\"} 0.0",
                        "paceline_answer_to_connected_seconds_bucket{le=\"+Inf\"} 5",
                        "paceline_answer_to_connected_seconds_bucket{le=\"0.025\"} 3",
                        "paceline_answer_to_connected_seconds_count 5",
                        "paceline_answer_to_connected_seconds_sum 0.081",
                        "paceline_config_invalid{file=\"conf/campaigns/autumn.yaml\"} 0.0",
                        "paceline_config_invalid{file=\"conf/campaigns/broken.yaml\"} 1.0",
                        "paceline_sip_dropped_total 11.0")
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
    }

    @Test
    void shouldRefuseAnOversizedBody() throws Exception {
        HttpResponse<String> response = send("POST", "/api/agents/alice/pause", ALICE, " ".repeat(100_000));
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).isEqualTo("{\"error\":\"the body is larger than 65536 bytes\"}");
    }

    @Test
    void shouldSayInOneLineThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            DaemonConfig onTaken = config(taken.getLocalPort());
            assertThatThrownBy(() -> ApiServer.start(() -> onTaken, floor, desks, () -> files, () -> "", List::of))
                    .isInstanceOf(ApiStartException.class)
                    .hasMessage("api.host, api.port: cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use; free the port or change api.port in conf/paceline.yaml");
        }
    }

    @Test
    void shouldSayWhatIsPossibleWhereAMethodIsNot() throws Exception {
        HttpResponse<String> response = send("GET", "/api/agents/alice/ready", ALICE, "");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void shouldLetNobodyKeepAnswersButThoseOfMachines() throws Exception {
        assertThat(send("GET", "/api/agents/alice", ALICE, "").headers().firstValue("Cache-Control"))
                .contains("no-store");
        assertThat(send("GET", "/api/agents/alice", "", "").headers().firstValue("Cache-Control"))
                .contains("no-store");
        assertThat(send("GET", "/api/nothing", ALICE, "").headers().firstValue("Cache-Control"))
                .contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reason\": ",
                "{} {}",
                "{\"reason\": \"a\", \"reason\": \"b\"}",
                "\u0001",
                "{'a': 1}",
                "[1",
                "\"a"
            })
    void shouldTellInOneLineWithoutJavaThatABodyIsNotJson(String body) throws Exception {
        HttpResponse<String> response = send("POST", "/api/agents/alice/pause", ALICE, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"error\":\"the body is not JSON: ")
                .contains("see line 1, column ")
                .doesNotContain("\n", "\\n", "fasterxml", "Source", "@", "Deserialization");
    }
}
