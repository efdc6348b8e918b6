package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.AUTUMN;
import static org.paceline.daemon.Fixtures.lead;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackRoutesTest {
    private static final String OPEN =
            "{\"id\":\"1\",\"lead\":\"1\",\"campaign\":\"autumn\",\"number\":\"+1305*****23\","
                    + "\"agent\":\"alice\",\"dueAt\":\"2026-11-07T09:30:00Z\",\"madeBy\":\"supervisor:boss\","
                    + "\"madeAt\":\"2026-11-06T21:20:00Z\",\"state\":\"OPEN\",\"doneCall\":null,\"doneAt\":null,"
                    + "\"lateSeconds\":null,\"note\":\"after six\"}";

    @TempDir
    Path folder;

    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        api = new ApiFixture(folder);
        lead(api.database, AUTUMN, 13055550123L, null);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String make() throws Exception {
        return api.send(
                "POST",
                "/api/callbacks",
                ApiFixture.BOSS,
                "{\"number\": \"+13055550123\", \"campaign\": \"autumn\", \"agent\": \"alice\","
                        + " \"due\": \"2026-11-07T09:30:00Z\", \"note\": \"after six\"}");
    }

    @Test
    void shouldMakeListAndCancelACallback() throws Exception {
        assertThat(make()).isEqualTo("201 " + OPEN);
        assertThat(api.send("GET", "/api/callbacks?limit=1", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"callbacks\":[" + OPEN + "],\"next\":\"1\"}");
        assertThat(api.send("GET", "/api/callbacks?agent=alice&state=open&campaign=autumn", ApiFixture.ALICE, ""))
                .isEqualTo("200 {\"callbacks\":[" + OPEN + "],\"next\":null}");

        api.now.addAndGet(13 * 3_600_000L);
        assertThat(api.send("GET", "/api/callbacks", ApiFixture.BOSS, "")).contains("\"lateSeconds\":3000");
        assertThat(api.send("POST", "/api/callbacks/1/cancel", ApiFixture.ALICE, ""))
                .startsWith("200 ")
                .contains("\"state\":\"CANCELLED\"");
        assertThat(api.send("POST", "/api/callbacks/1/cancel", ApiFixture.BOSS, ""))
                .isEqualTo("409 {\"error\":\"callback 1 is not open\"}");
        assertThat(api.send("GET", "/api/callbacks?state=open", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"callbacks\":[],\"next\":null}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POST | /api/callbacks           | alice | {}                                          | 403 | the token is agent 'alice''s: this needs a supervisor's
                    POST | /api/callbacks           | boss  | {"lead": "1"}                               | 400 | 'due' is missing: send {"due": "2026-12-01T09:30:00Z"}
                    POST | /api/callbacks           | boss  | {"lead": "1", "due": "2026-11-06T00:00:00Z"} | 400 | 'due' must be after now, within 366 days
                    POST | /api/callbacks           | boss  | {"lead": "9", "due": "2026-11-07T00:00:00Z"} | 400 | 'lead': there is no lead 9
                    POST | /api/callbacks           | boss  | {"lead": "1", "due": "2026-11-07T00:00:00Z", "agent": "zoe"} | 404 | no agent 'zoe': must be one of the configuration's agents
                    POST | /api/callbacks           | boss  | {"number": "+13055550123", "due": "2026-11-07T00:00:00Z", "campaign": "zoe"} | 404 | no campaign 'zoe': must be one of [autumn]
                    GET  | /api/callbacks           | alice |                                             | 403 | the token is agent 'alice''s: this needs a supervisor's
                    GET  | /api/callbacks?agent=bob | alice |                                             | 403 | the token is agent 'alice''s: it acts for that agent only
                    GET  | /api/callbacks?state=x   | boss  |                                             | 400 | 'state' must be one of all, open, done, missed, cancelled
                    GET  | /api/callbacks?agent=%00  | boss |                                              | 400 | 'agent' must be a name of letters, digits, '.', '_' and '-'
                    GET  | /api/callbacks?campaign=  | boss |                                              | 400 | 'campaign' must be a name of letters, digits, '.', '_' and '-'
                    POST | /api/callbacks/7/cancel  | boss  |                                             | 404 | no callback 7
                    POST | /api/agents/alice/callback | alice | {"call": "7"}                              | 400 | 'due' is missing: send {"due": "2026-12-01T09:30:00Z"}
                    """)
    void shouldSayWhatIsWrong(String method, String path, String who, String body, int status, String error)
            throws Exception {
        assertThat(api.send(
                        method,
                        path,
                        who.equals("boss") ? ApiFixture.BOSS : ApiFixture.ALICE,
                        body == null ? "" : body))
                .isEqualTo(status + " {\"error\":\"" + error.replace("\"", "\\\"") + "\"}");
    }
}
