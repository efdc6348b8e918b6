package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.daemon.api.access.Gate;
import org.paceline.daemon.api.access.Shares;
import org.slf4j.LoggerFactory;

/** What stands before the routes, over raw sockets. */
class GateTest {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final Duration PATIENCE = Duration.ofMillis(PATIENCE_MILLIS);

    @TempDir
    Path folder;

    private final List<Socket> sockets = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // each test starts it with bounds of its own
    private ApiFixture api;

    private void start(Gate.Bounds bounds) throws Exception {
        api = new ApiFixture(folder, bounds);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (api != null) {
            api.close();
        }
    }

    private static Gate.Bounds bounds(int share, long bodyMillis, int guesses) {
        return new Gate.Bounds(new Shares.Bounds(20, 4, share, 8), bodyMillis, 1_000, guesses, 100);
    }

    private Socket send(String request) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(api.url()).getPort());
        sockets.add(socket);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** A complaint of which only the first byte comes. */
    private Socket sendSlowly(String token) throws IOException {
        return send("POST /api/complaints HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token
                + "\r\nContent-Length: 100\r\n\r\n{");
    }

    /** All until the end of the connection. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static String statusLine(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read >= 0 && read != '\r'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString();
    }

    @Test
    void shouldServeOthersWhileOneTokensBodiesDoNotArrive() throws Exception {
        start(bounds(4, PATIENCE_MILLIS, 20));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            slow.add(sendSlowly(ApiFixture.ALICE));
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.send("GET", "/api/agents/alice", ApiFixture.ALICE, ""))
                        .isEqualTo(
                                "429 {\"error\":\"more than 4 requests at once with the token of agent 'alice': try again"
                                        + " in a second\"}"));

        assertThat(api.send("GET", "/api/campaigns", ApiFixture.BOSS, "")).startsWith("200 ");
        assertThat(api.send("POST", "/api/do-not-call", ApiFixture.BOB, "{\"number\": \"+13055550123\"}"))
                .startsWith("201 ");

        slow.getFirst().close();
        slow.get(1).close();
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api.send("GET", "/api/agents/alice", ApiFixture.ALICE, ""))
                        .startsWith("200 "));
    }

    @Test
    void shouldEndARequestWhoseBodyDoesNotArriveInTime() throws Exception {
        start(bounds(4, 300, 20));
        String answer = rest(sendSlowly(ApiFixture.ALICE));
        assertThat(answer)
                .startsWith("HTTP/1.1 408 ")
                .containsIgnoringCase("Connection: close")
                .endsWith("{\"error\":\"the body did not arrive within 300 ms\"}");
    }

    @Test
    void shouldRefuseABodyInChunksThatIsTooLarge() throws Exception {
        start(bounds(4, PATIENCE_MILLIS, 20));
        assertThat(statusLine(send("POST /api/complaints HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                        + ApiFixture.ALICE + "\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" + "x".repeat(0x800)
                        + "\r\n0\r\n\r\n")))
                .contains(" 413 ");
    }

    @Test
    void shouldTakeABodyInChunks() throws Exception {
        start(bounds(4, PATIENCE_MILLIS, 20));
        assertThat(statusLine(send("POST /api/do-not-call HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                        + ApiFixture.ALICE + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "a\r\n{\"number\":\r\n10\r\n \"+13055550123\"}\r\n0\r\n\r\n")))
                .contains(" 201 ");
    }

    @Test
    void shouldStopWhoGuessesTokensAndLogThemMaskedAndLetInWhoWorksAlready() throws Exception {
        start(bounds(4, PATIENCE_MILLIS, 3));
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(Gate.class);
        logger.addAppender(log);
        try {
            assertThat(api.send("GET", "/api/agents/alice", ApiFixture.ALICE, ""))
                    .startsWith("200 ");
            for (int i = 0; i < 3; i++) {
                assertThat(api.send("GET", "/api/agents/alice", "guess-" + i, ""))
                        .startsWith("401 ");
            }
            assertThat(api.send("GET", "/api/agents/alice", "guess-3", ""))
                    .isEqualTo("429 {\"error\":\"too many wrong tokens: try again in a few seconds\"}");
            assertThat(api.send("GET", "/api/campaigns", ApiFixture.BOSS, "")).startsWith("429 ");
            assertThat(api.send("GET", "/api/agents/alice", ApiFixture.ALICE, ""))
                    .startsWith("200 ");
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .map(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("guess-"))
                .anyMatch(line -> line.startsWith("event=token-refused source=127.0.0.1 sha256="))
                .anyMatch(line -> line.startsWith("event=token-not-tried source=127.0.0.1 "));
    }

    @Test
    void shouldOpenNoSessionForAWebSocket() throws Exception {
        start(Gate.Bounds.DEFAULT);
        for (String path : List.of("/", "/api/agents", "/metrics", "/nothing")) {
            String answer = rest(
                    send(
                            "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, close\r\n"
                                    + "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n"));
            assertThat(answer)
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContainIgnoringCase("Set-Cookie")
                    .endsWith("{\"error\":\"there are no web sockets here\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/agents?x=%zz HTTP/1.1",
                "GET /api/%zz HTTP/1.1",
                "GET /api/agents/%00 HTTP/1.1",
                "GET /api/agents/..%2f HTTP/1.1",
                "GET /api/agents HTTP/9.9",
                "G\u0001T /api/agents HTTP/1.1",
            })
    void shouldAnswerWhatIsNoHttpInOneLineWithoutJava(String line) throws Exception {
        start(Gate.Bounds.DEFAULT);
        String answer = rest(send(
                line + "\r\nHost: h\r\nConnection: close\r\nAuthorization: Bearer " + ApiFixture.BOSS + "\r\n\r\n"));
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(answer).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*");
        assertThat(body).startsWith("{\"error\":\"").doesNotContain("\n", "jetty", "java", "Exception", "<", "@");
    }
}
