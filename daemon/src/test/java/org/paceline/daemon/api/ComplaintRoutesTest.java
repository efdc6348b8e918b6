package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComplaintRoutesTest {
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

    @Test
    void shouldTakeACaseFromItsEntryToItsEnd() throws Exception {
        String opened = "{\"id\":\"1\",\"number\":\"+1305*****23\",\"campaign\":\"autumn\",\"call\":null,\"lead\":null,"
                + "\"enteredAt\":\"2026-11-06T21:20:00Z\",\"enteredBy\":\"agent:alice\",\"owner\":\"jane\","
                + "\"dueAt\":\"2026-11-07T09:30:00Z\",\"text\":\"called at night\",\"state\":\"OPEN\",\"overdue\":false,"
                + "\"result\":null,\"closedAt\":null,\"closedBy\":null}";
        assertThat(api.send(
                        "POST",
                        "/api/complaints",
                        ApiFixture.ALICE,
                        "{\"number\": \"+1 305 555 0123\", \"campaign\": \"autumn\", \"text\": \"called at night\","
                                + " \"owner\": \"jane\", \"due\": \"2026-11-07T10:30:00+01:00\"}"))
                .isEqualTo("201 " + opened);
        assertThat(api.send("GET", "/api/complaints?limit=1", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"complaints\":[" + opened + "],\"next\":\"1\"}");
        assertThat(api.send("GET", "/api/complaints?limit=1&before=1", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"complaints\":[],\"next\":null}");

        api.now.addAndGet(86_400_000);
        assertThat(api.send("POST", "/api/complaints/1/notes", ApiFixture.BOSS, "{\"text\": \"answered by letter\"}"))
                .isEqualTo(
                        "201 {\"complaint\":" + opened.replace("\"overdue\":false", "\"overdue\":true")
                                + ",\"notes\":[{\"at\":\"2026-11-07T21:20:00Z\",\"by\":\"supervisor:boss\",\"text\":\"answered by letter\"}]}");
        assertThat(api.send("GET", "/api/complaints?state=overdue", ApiFixture.BOSS, ""))
                .contains("\"id\":\"1\"");

        assertThat(api.send(
                        "POST",
                        "/api/complaints/1/close",
                        ApiFixture.BOSS,
                        "{\"result\": \"apologised\", \"unblock\": true, \"reason\": \"wants the offer\"}"))
                .startsWith("200 ")
                .contains("\"state\":\"CLOSED\",\"overdue\":false,\"result\":\"apologised\","
                        + "\"closedAt\":\"2026-11-07T21:20:00Z\",\"closedBy\":\"supervisor:boss\"");
        assertThat(api.send("GET", "/api/complaints/1", ApiFixture.BOSS, "")).contains("answered by letter");
        assertThat(api.send("GET", "/api/complaints?state=open", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"complaints\":[],\"next\":null}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    POST | /api/complaints          | boss  | {"text": "x"}                        | 400 | 'number' is missing: send it, or the 'call' that it is about
                    POST | /api/complaints          | boss  | {"number": "+13055550123"}           | 400 | 'text' is missing: send {"text": "called at night"}
                    POST | /api/complaints          | boss  | {"call": "9", "text": "x"}           | 400 | 'call': there was no call 9
                    POST | /api/complaints          | boss  | {"call": "-9", "text": "x"}          | 400 | 'call' must be an id, for example "68719476737"
                    POST | /api/complaints          | boss  | {"number": "+13055550123", "text": "x", "due": "soon"} | 400 | 'due' must be a time with its offset in the years 1970 to 9999, for example 2026-12-01T09:30:00Z or 2026-12-01T09:30:00-05:00
                    POST | /api/complaints          | boss  | {"number": "+13055550123", "text": "x", "campaign": "zoe"} | 404 | no campaign 'zoe': must be one of [autumn]
                    GET  | /api/complaints          | alice |                                      | 403 | the token is agent 'alice''s: this needs a supervisor's
                    GET  | /api/complaints/1        | alice |                                      | 403 | the token is agent 'alice''s: this needs a supervisor's
                    POST | /api/complaints/1/notes  | alice | {"text": "x"}                        | 403 | the token is agent 'alice''s: this needs a supervisor's
                    POST | /api/complaints/1/close  | alice | {"result": "x"}                      | 403 | the token is agent 'alice''s: this needs a supervisor's
                    GET  | /api/complaints?state=on | boss  |                                      | 400 | 'state' must be one of all, open, closed, overdue
                    GET  | /api/complaints?before=x | boss  |                                      | 400 | 'before' must be the 'next' of the page before
                    GET  | /api/complaints/7        | boss  |                                      | 404 | no complaint 7
                    GET  | /api/complaints/x        | boss  |                                      | 404 | no complaint 'x'
                    POST | /api/complaints/7/notes  | boss  | {"text": "x"}                        | 404 | no complaint 7
                    POST | /api/complaints/7/close  | boss  | {"result": "x"}                      | 404 | no complaint 7
                    POST | /api/complaints/7/close  | boss  | {"result": "x", "unblock": true}     | 400 | 'reason' is missing: to unblock the number, say why it may be called again
                    POST | /api/complaints/7/close  | boss  | {"result": "x", "unblock": 1}        | 400 | 'unblock' must be true or false
                    POST | /api/complaints/7/close  | boss  | {"result": "x", "reason": "y"}       | 400 | 'reason' goes with "unblock": true; say in 'result' how it was settled
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

    @Test
    void shouldRefuseToCloseACaseTwice() throws Exception {
        api.send("POST", "/api/complaints", ApiFixture.BOSS, "{\"number\": \"+13055550123\", \"text\": \"x\"}");
        String close = "{\"result\": \"settled\"}";
        assertThat(api.send("POST", "/api/complaints/1/close", ApiFixture.BOSS, close))
                .startsWith("200 ");
        assertThat(api.send("POST", "/api/complaints/1/close", ApiFixture.BOSS, close))
                .isEqualTo("409 {\"error\":\"complaint 1 is closed already\"}");
    }
}
