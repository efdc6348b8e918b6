package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.attempt;
import static org.paceline.daemon.Fixtures.lead;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.Fixtures;
import org.paceline.daemon.attempts.SqlAttemptJournal;

class CallRoutesTest {
    private static final String CALL = "{\"id\":\"7\",\"lead\":\"1\",\"name\":\"Bob\",\"number\":\"+1305*****23\","
            + "\"campaign\":\"spring\",\"matter\":null,\"trunk\":\"carrier\",\"callerId\":\"+13055550100\","
            + "\"plannedAt\":\"2026-11-06T21:19:00Z\",\"dialledAt\":null,\"ringingAt\":null,\"answeredAt\":null,"
            + "\"greetingBeganMillis\":310,\"greetingEndedMillis\":1420,"
            + "\"connectedAt\":\"2026-11-06T21:19:10Z\",\"endedAt\":\"2026-11-06T21:19:40Z\",\"talkSeconds\":30,"
            + "\"outcome\":\"CONNECTED\",\"sipStatus\":200,\"agent\":\"alice\",\"disposition\":null,\"meaning\":null,\"script\":null}";

    @TempDir
    Path folder;

    private ApiFixture api;

    @BeforeEach
    void talk() throws Exception {
        api = new ApiFixture(folder);
        long planned = api.now.get() - 60_000;
        long bob = lead(api.database, Fixtures.SPRING, 13055550123L, null);
        new SqlAttemptJournal(api.database, "a", 1).append(List.of(attempt(7, bob, 13055550123L, planned)));
        api.database.jdbi().useHandle(handle -> {
            handle.execute("UPDATE lead SET name = 'Bob'");
            handle.execute(
                    "UPDATE attempt SET agent = 'alice', outcome = 'CONNECTED', sip_status = 200,"
                            + " greeting_began_millis = 310, greeting_ended_millis = 1420, connected_at = planned_at + 10000, ended_at = planned_at + 40000");
            handle.execute("INSERT INTO recording (call_id, path, bytes, millis, complete)"
                    + " VALUES (7, 'spring/7.wav', 44, 30000, TRUE)");
            handle.execute(
                    "INSERT INTO call_note (call_id, number, at, made_by, text) VALUES"
                            + " (7, 2, ?, 'agent:alice', 'Later.'), (7, 1, ?, 'agent:alice', 'Asks.\nTwice.')",
                    planned + 40_000,
                    planned + 40_000);
        });
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldTellEverythingOfACallToWhoTalkedAndToSupervisors() throws Exception {
        String all =
                "200 {\"call\":" + CALL + ",\"recordings\":[{\"path\":\"spring/7.wav\",\"bytes\":44,\"millis\":30000,"
                        + "\"complete\":true}],\"notes\":["
                        + "{\"at\":\"2026-11-06T21:19:40Z\",\"by\":\"agent:alice\",\"text\":\"Asks.\\nTwice.\"},"
                        + "{\"at\":\"2026-11-06T21:19:40Z\",\"by\":\"agent:alice\",\"text\":\"Later.\"}],\"complaints\":[],\"callbacks\":[]}";
        assertThat(api.send("GET", "/api/calls/7", ApiFixture.BOSS, "")).isEqualTo(all);
        assertThat(api.send("GET", "/api/calls/7", ApiFixture.ALICE, "")).isEqualTo(all);
        api.database.jdbi().useHandle(handle -> handle.execute("UPDATE attempt SET agent = 'bob'"));
        assertThat(api.send("GET", "/api/calls/7", ApiFixture.ALICE, "")).startsWith("403 ");
    }

    @Test
    void shouldListInPages() throws Exception {
        assertThat(api.send("GET", "/api/calls?limit=1", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"calls\":[" + CALL + "],\"next\":\"1793999940000-7\"}");
        assertThat(api.send("GET", "/api/calls?limit=1&before=1793999940000-7", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"calls\":[],\"next\":null}");
        assertThat(api.send(
                        "GET",
                        "/api/calls?campaign=spring&agent=alice&outcome=connected"
                                + "&from=2026-11-06T21:19:00Z&to=2026-11-06T22:20:00%2B01:00",
                        ApiFixture.BOSS,
                        ""))
                .isEqualTo("200 {\"calls\":[" + CALL + "],\"next\":null}");
        assertThat(api.send("GET", "/api/calls?agent=bob", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"calls\":[],\"next\":null}");
    }

    @Test
    void shouldListTheCallsOfACampaignThatIsGone() throws Exception {
        api.database.jdbi().useHandle(handle -> handle.execute("UPDATE attempt SET campaign = 'of-last-year'"));

        assertThat(api.send("GET", "/api/calls?campaign=of-last-year", ApiFixture.BOSS, ""))
                .contains("\"id\":\"7\"");
        assertThat(api.send("GET", "/api/calls?campaign=never-was", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"calls\":[],\"next\":null}");
    }

    @Test
    void shouldShowAnAgentsDayAgainstTheTarget() throws Exception {
        assertThat(api.send("GET", "/api/agents/alice/work", ApiFixture.ALICE, ""))
                .isEqualTo(
                        "200 {\"agent\":\"alice\",\"day\":\"2026-11-06\",\"total\":{\"calls\":1,\"new\":1,\"followUp\":0,"
                                + "\"target\":{\"calls\":80,\"new\":40,\"followUp\":40,\"validAfterSeconds\":30}},"
                                + "\"campaigns\":{\"spring\":{\"calls\":1,\"new\":1,\"followUp\":0,"
                                + "\"target\":{\"calls\":20,\"new\":null,\"followUp\":null,\"validAfterSeconds\":10}}}}");
        assertThat(api.send("GET", "/api/agents/bob/work", ApiFixture.ALICE, ""))
                .startsWith("403 ");
    }

    @Test
    void shouldNameWhatANameMayBe() throws Exception {
        assertThat(api.send("GET", "/api/calls?agent=%00", ApiFixture.BOSS, ""))
                .isEqualTo("400 {\"error\":\"'agent' must be a name of letters, digits, '.', '_' and '-'\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /api/calls                | alice | 403
                    /api/calls/8              | boss  | 404
                    /api/calls/8              | alice | 403
                    /api/calls/x              | boss  | 404
                    /api/calls?limit=0        | boss  | 400
                    /api/calls?before=7       | boss  | 400
                    /api/calls?from=yesterday | boss  | 400
                    /api/calls?outcome=fine   | boss  | 400
                    /api/calls?agent=%00      | boss  | 400
                    /api/calls?campaign=a%0Ab | boss  | 400
                    """)
    void shouldSayWhatIsWrong(String path, String who, int status) throws Exception {
        assertThat(api.send("GET", path, who.equals("boss") ? ApiFixture.BOSS : ApiFixture.ALICE, ""))
                .startsWith(status + " {\"error\":");
    }
}
