package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.daemon.config.ScriptFile;
import org.paceline.dialer.state.IdleReason;

/** Every route finds a campaign in the same way: in force, just added, just removed with live calls, unknown. */
class CampaignLookupTest {
    private static final String ASKING = """
            GET    | /api/campaigns/{c}                                     |
            GET    | /api/campaigns/{c}/refusals                            |
            GET    | /api/campaigns/{c}/script                              |
            GET    | /api/campaigns/{c}/pacing                              |
            POST   | /api/campaigns/{c}/pause                               | {"reason": "x"}
            POST   | /api/campaigns/{c}/resume                              | {"reason": "x"}
            PUT    | /api/agents/alice/qualifications/{c}                   | {}
            POST   | /api/do-not-call                                       | {"number": "+13055550123", "campaign": "{c}"}
            DELETE | /api/do-not-call/+13055550123?reason=x&campaign={c}    |
            POST   | /api/complaints | {"number": "+13055550123", "campaign": "{c}", "text": "x"}
            POST   | /api/callbacks  | {"number": "+13055550123", "campaign": "{c}", "due": "2026-11-07T00:00:00Z"}
            POST   | /api/agents/alice/sign-in                              | {"campaigns": ["{c}"]}
            """;

    @TempDir
    private Path folder;

    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        api = new ApiFixture(folder);
        api.floor.script = new ScriptFile(Path.of("script.txt"), "v3", "ab", "ab", "Good morning.");
        api.floor.campaigns = List.of(
                FakeFloor.campaign("autumn", new IdleReason(IdleReason.Kind.AGENTS_BUSY, "no agent is ready", 0)),
                FakeFloor.campaign("winter", new IdleReason(IdleReason.Kind.REMOVED, "the file is gone", 0)),
                FakeFloor.campaign("spring", new IdleReason(IdleReason.Kind.NEW, "it is new", 0)));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private List<Integer> askedOf(String campaign) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (String line : ASKING.lines().toList()) {
            String[] parts = line.replace("{c}", campaign).split("\\|", -1);
            String answer = api.send(parts[0].strip(), parts[1].strip(), ApiFixture.BOSS, parts[2].strip());
            assertThat(answer).doesNotStartWith("5");
            statuses.add(Integer.valueOf(answer.substring(0, 3)));
        }
        return statuses;
    }

    /** The callback finds its campaign, which has no lead of the number; a removed campaign takes no agents. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    autumn | 200, 200, 200, 200, 200, 200, 200, 201, 200, 201, 400, 200
                    spring | 200, 200, 200, 200, 200, 200, 200, 201, 200, 201, 400, 200
                    winter | 200, 200, 200, 200, 200, 200, 200, 201, 200, 201, 400, 409
                    summer | 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 400
                    """)
    void shouldFindACampaignTheSameWayByEveryRoute(String campaign, String statuses) throws Exception {
        assertThat(askedOf(campaign)).map(String::valueOf).containsExactly(statuses.split(", "));
    }

    @Test
    void shouldNotShowACampaignAsDiallingThatTheEngineHasNotTakenUp() throws Exception {
        for (String path : List.of("/api/campaigns/spring", "/api/campaigns/spring/pacing")) {
            assertThat(api.send("GET", path, ApiFixture.BOSS, ""))
                    .contains("\"dialling\":false", "\"code\":\"campaign.new\"");
        }
        assertThat(api.send("GET", "/api/campaigns", ApiFixture.BOSS, "")).contains("\"id\":\"spring\"");
    }

    @Test
    void shouldSignAnAgentInToTheCampaignsWhoseFilesAreThere() throws Exception {
        api.send("POST", "/api/agents/alice/sign-in", ApiFixture.ALICE, "");
        assertThat(api.floor.commands.toString()).contains("campaigns=[autumn, spring]");
        assertThat(api.send("POST", "/api/agents/alice/sign-in", ApiFixture.ALICE, "{\"campaigns\": [\"winter\"]}"))
                .isEqualTo("409 {\"error\":\"campaign 'winter' is removed: its file is gone\"}");
    }
}
