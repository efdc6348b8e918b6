package org.paceline.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SipTraceCommandTest {
    private static final String INVITE =
            "INVITE sip:+1305*****23@192.0.2.7 SIP/2.0\\r\\nCSeq: 2 INVITE\\r\\nAuthorization: Digest realm=\\\"r\\\"\\r\\n"
                    + "Min-SE: 90\\r\\nContent-Type: application/sdp\\r\\n\\r\\nc=IN IP4 127.0.0.1\\r\\nm=audio 4000 RTP/AVP 8 101\\r\\n"
                    + "a=rtpmap:101 telephone-event/8000\\r\\na=sendonly\\r\\n";
    private static final String REFUSAL =
            "SIP/2.0 503 Service \\u001b[2J Unavailable\\r\\nCSeq: 2 INVITE\\r\\nRetry-After: 7\\r\\n"
                    + "Reason: Q.850;cause=42\\r\\n\\r\\n";

    @TempDir
    private Path folder;

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer daemon;
    private Path token;

    private record Result(int code, List<String> out, String err) {}

    @BeforeEach
    void start() throws IOException {
        token = Files.writeString(folder.resolve("token"), "token-of-boss\n");
        daemon = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        daemon.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            String[] answer = answers.removeFirst().split(" ", 2);
            byte[] body = answer[1].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer[0]), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        daemon.start();
    }

    @AfterEach
    void stop() {
        daemon.stop(0);
    }

    private static String message(String at, String way, String peer, String who, String reason, String text) {
        return "{\"at\":\"2026-11-29T23:00:" + at + "Z\",\"way\":\"" + way + "\",\"transport\":\"udp\","
                + "\"local\":\"127.0.0.1:5060\",\"peer\":\"" + peer + "\"," + who
                + ",\"call\":\"68719476737\",\"callId\":\"a@b\",\"reason\":" + reason + ",\"text\":\"" + text + "\"}";
    }

    private static String page(boolean last, String... messages) {
        return "200 {\"messages\":[" + String.join(",", messages) + "],\"next\":\"r-64-1\",\"last\":" + last
                + ",\"lost\":0,\"restarted\":false,\"holds\":null}";
    }

    private Result trace(String... arguments) {
        List<String> all = new ArrayList<>(List.of("sip", "trace"));
        if (!Arrays.asList(arguments).contains("--url")) {
            all.addAll(
                    List.of("--url", "http://127.0.0.1:" + daemon.getAddress().getPort()));
        }
        if (!Arrays.asList(arguments).contains("--token")) {
            all.addAll(List.of("--token", "file:" + token));
        }
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Paceline.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        int code = line.execute(all.toArray(String[]::new));
        return new Result(code, out.toString().lines().collect(Collectors.toList()), err.toString());
    }

    @Test
    void shouldDrawALadderOfACall() {
        String carrier = "\"trunk\":\"carrier\",\"number\":\"+1305*****23\"";
        String phone = "\"agent\":\"alice\"";
        answers.add(page(
                false,
                message("01.000000", "sent", "192.0.2.7:5060", carrier, "null", INVITE),
                message("01.500000", "sent", "192.0.2.7:5060", carrier, "null", INVITE),
                message("01.620500", "received", "192.0.2.7:5060", carrier, "null", REFUSAL)));
        answers.add(page(
                true,
                message(
                        "02.000000",
                        "sent",
                        "127.0.0.1:6000",
                        phone,
                        "null",
                        "BYE sip:x SIP/2.0\\r\\nCSeq: 3 BYE\\r\\n\\r\\n"),
                message(
                        "02.000001",
                        "not-sent",
                        "127.0.0.1:6000",
                        phone,
                        "\"no route\"",
                        "BYE sip:x SIP/2.0\\r\\nCSeq: 3 BYE\\r\\n\\r\\n")));

        Result result = trace("--call", "68719476737");

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).hasSize(10);
        assertThat(result.out().getFirst()).endsWith("  call 68719476737 to +1305*****23 over carrier");
        assertThat(result.out().subList(1, 10).stream().map(each -> each.replaceFirst("^\\d\\d:\\d\\d:", "hh:mm:")))
                .containsExactly(
                        "  Call-ID a@b",
                        "                            paceline                     carrier                      alice",
                        "                         127.0.0.1:5060              192.0.2.7:5060              127.0.0.1:6000",
                        "hh:mm:01.000     +0.000         │───────── INVITE ─────────▶│                           │"
                                + "  CSeq 2; with credentials; PCMA,telephone-event 127.0.0.1:4000 sendonly",
                        "hh:mm:01.500     +0.500         │╌╌╌╌╌╌╌╌╌ INVITE ╌╌╌╌╌╌╌╌╌▶│                           │"
                                + "  again (2 times by now); CSeq 2; with credentials; PCMA,telephone-event 127.0.0.1:4000"
                                + " sendonly",
                        "hh:mm:01.620     +0.621         │◀─ 503 Service ?[2J Una~ ──│                           │"
                                + "  2 INVITE; Reason Q.850;cause=42; Retry-After 7",
                        "hh:mm:02.000     +1.000         │─────────────────────────────────────── BYE ──────────▶│"
                                + "  CSeq 3",
                        "hh:mm:02.000     +1.000         │─✗───────────────────────────────────── BYE ───────────│"
                                + "  not sent: no route; CSeq 3",
                        "");
        assertThat(asked)
                .containsExactly(
                        "/api/sip/messages?call=68719476737&limit=500 Bearer token-of-boss",
                        "/api/sip/messages?call=68719476737&after=r-64-1&limit=500 Bearer token-of-boss");
    }

    @Test
    void shouldSayWhatThereIsWhereNothingMatches() {
        answers.add("200 {\"messages\":[],\"next\":\"r-64-1\",\"last\":true,\"lost\":0,\"restarted\":false,\"holds\":"
                + "{\"messages\":1234,\"since\":\"2026-11-29T23:00:00.000001Z\",\"calls\":87,"
                + "\"byPeer\":{\"agent alice\":34,\"trunk carrier\":1200}}}");

        assertThat(trace("--trunk", "carrier", "--number", "+13055550123").out().getFirst())
                .matches(
                        "no message matches --number \\+13055550123 --trunk carrier; there are 1,234 messages of 87 calls"
                                + " since 2026-11-\\d\\d \\d\\d:\\d\\d:00.000; agent alice: 34; trunk carrier: 1200");
    }

    @Test
    void shouldTellWhyTheDaemonRefuses() {
        answers.add("404 {\"error\":\"no trunk 'mian'; there are main\"}");

        Result result = trace("--trunk", "mian");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("paceline sip trace: no trunk 'mian'; there are main\n");
    }

    @Test
    void shouldTellWhereNoDaemonIs() {
        daemon.stop(0);

        Result result = trace();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("paceline sip trace: no daemon answers at http://127.0.0.1:")
                .hasLineCount(1);
    }

    @Test
    void shouldTakeNoTokenThatProcessListsShow() {
        Result result = trace("--token", "secret-token-0123456789");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(
                        "paceline sip trace: --token: must be env:NAME or file:PATH, so that no list of processes shows"
                                + " the token\n");
    }

    @Test
    void shouldNotReplaceACapture() throws IOException {
        Path there = Files.writeString(folder.resolve("a.pcap"), "x");

        Result result = trace("--pcap", there.toString());

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("a.pcap is there already; name another file, or replace it with --force");
        assertThat(there).hasContent("x");
        answers.add(
                page(true, message("01.000000", "sent", "192.0.2.7:5060", "\"trunk\":\"carrier\"", "null", INVITE)));
        assertThat(trace("--pcap", there.toString(), "--force").out()).last().isEqualTo("1 messages in " + there);
        assertThat(Files.readString(there, StandardCharsets.ISO_8859_1)).contains("INVITE sip:+1305*****23@192.0.2.7");
    }
}
