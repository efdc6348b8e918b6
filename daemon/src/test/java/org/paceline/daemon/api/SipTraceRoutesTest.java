package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.trace.SipTrace;

class SipTraceRoutesTest {
    private static final String MESSAGES = "/api/sip/messages";

    @TempDir
    Path folder;

    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        api = new ApiFixture(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String get(String query) throws Exception {
        return api.send("GET", MESSAGES + query, ApiFixture.BOSS, "");
    }

    @Test
    void shouldShowMessagesWithWhatTheyBelongTo() throws Exception {
        api.floor.trace.page = new SipTrace.Page(
                List.of(new SipTrace.Message(
                        "2026-11-29T23:00:00.000001Z",
                        "sent",
                        "udp",
                        "127.0.0.1:5060",
                        "192.0.2.7:5060",
                        "main",
                        null,
                        "68719476737",
                        "+1305*****23",
                        "a@b",
                        null,
                        "INVITE\r\n")),
                "r-640-9",
                false,
                3,
                false,
                null);

        assertThat(get("?number=%2B1-305-555-0123&call=68719476737&trunk=main&agent=alice&after=r-64-1&limit=7"))
                .isEqualTo(
                        "200 {\"messages\":[{\"at\":\"2026-11-29T23:00:00.000001Z\",\"way\":\"sent\",\"transport\":\"udp\","
                                + "\"local\":\"127.0.0.1:5060\",\"peer\":\"192.0.2.7:5060\",\"trunk\":\"main\",\"agent\":null,"
                                + "\"call\":\"68719476737\",\"number\":\"+1305*****23\",\"callId\":\"a@b\",\"reason\":null,"
                                + "\"text\":\"INVITE\\r\\n\"}],\"next\":\"r-640-9\",\"last\":false,\"lost\":3,\"restarted\":false,"
                                + "\"holds\":null}");
        assertThat(api.floor.trace.asked)
                .containsExactly(
                        "Query[number=13055550123, call=68719476737, trunk=main, agent=alice] after=r-64-1 most=7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ?number=12      | 400 {"error":"'number' must be a telephone number of 7 to 20 digits, as +13055550123"}
                    ?call=a%20b     | 400 {"error":"'call' must be the id of a call, or a Call-ID of SIP"}
                    ?trunk=mian     | 404 {"error":"no trunk 'mian'; there are main"}
                    ?after=nonsense | 400 {"error":"'after' must be the 'next' of the page before"}
                    ?limit=0        | 400 {"error":"'limit' must be a number from 1 to 500"}
                    """)
    void shouldRefuseWhatCannotBe(String query, String answer) throws Exception {
        assertThat(get(query)).isEqualTo(answer);
    }

    @Test
    void shouldBeForSupervisorsOnly() throws Exception {
        assertThat(api.send("GET", MESSAGES, ApiFixture.ALICE, ""))
                .isEqualTo("403 {\"error\":\"the token is agent 'alice''s: this needs a supervisor's\"}");
        assertThat(api.floor.trace.asked).isEmpty();
    }

    @Test
    void shouldSayWhereNothingIsKept() throws Exception {
        api.floor.trace.isOn = false;

        assertThat(get("")).isEqualTo("409 {\"error\":\"no SIP messages are kept: sip.trace-memory is 0\"}");
    }
}
