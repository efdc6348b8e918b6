package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CampaignId;

class PauseRoutesTest {
    private static final String WHY = "{\"reason\": \"complaints about the list\"}";

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
    void shouldPauseAndResumeACampaign() throws Exception {
        String paused =
                "200 {\"campaign\":\"autumn\",\"paused\":{\"by\":\"supervisor:boss\",\"since\":\"2026-11-06T21:20:00Z\","
                        + "\"reason\":\"complaints about the list\"}}";
        assertThat(api.send("POST", "/api/campaigns/autumn/pause", ApiFixture.BOSS, WHY))
                .isEqualTo(paused);
        assertThat(api.engine.next())
                .isEqualTo(new Event.CampaignsPaused(Map.of(
                        new CampaignId("autumn"),
                        new CampaignPause("supervisor:boss", "complaints about the list", api.now.get()))));

        api.now.addAndGet(1_000);
        assertThat(api.send("POST", "/api/campaigns/autumn/pause", ApiFixture.BOSS, WHY))
                .isEqualTo(paused);

        assertThat(api.send("POST", "/api/campaigns/autumn/resume", ApiFixture.BOSS, "{\"reason\": \"mended\"}"))
                .isEqualTo("200 {\"campaign\":\"autumn\",\"paused\":null}");
        assertThat(api.engine.next()).isEqualTo(new Event.CampaignsPaused(Map.of()));

        assertThat(api.send("POST", "/api/campaigns/autumn/resume", ApiFixture.BOSS, "{\"reason\": \"mended\"}"))
                .isEqualTo("409 {\"error\":\"campaign 'autumn' is not paused\"}");
    }

    @Test
    void shouldShowThePauseAtOnceWhileTheEngineHasNotShownItYet() throws Exception {
        String paused =
                "\"paused\":{\"by\":\"supervisor:boss\",\"since\":\"2026-11-06T21:20:00Z\",\"reason\":\"complaints about the list\"}";

        api.send("POST", "/api/campaigns/autumn/pause", ApiFixture.BOSS, WHY);
        assertThat(api.send("GET", "/api/campaigns/autumn", ApiFixture.BOSS, ""))
                .contains(paused);
        assertThat(api.send("GET", "/api/campaigns", ApiFixture.BOSS, "")).contains(paused);

        api.send("POST", "/api/campaigns/autumn/resume", ApiFixture.BOSS, "{\"reason\": \"mended\"}");
        assertThat(api.send("GET", "/api/campaigns/autumn", ApiFixture.BOSS, ""))
                .contains("\"paused\":null");
    }

    @ParameterizedTest
    @CsvSource({"pause", "resume"})
    void shouldWantAReasonASupervisorAndACampaign(String what) throws Exception {
        String path = "/api/campaigns/autumn/" + what;
        assertThat(api.send("POST", path, ApiFixture.BOSS, "{}")).startsWith("400 {\"error\":\"'reason' is missing");
        assertThat(api.send("POST", path, ApiFixture.BOSS, "{\"reason\": \" \"}"))
                .startsWith("400 ");
        assertThat(api.send("POST", path, ApiFixture.ALICE, WHY)).startsWith("403 ");
        assertThat(api.send("POST", path, "nobody", WHY)).startsWith("401 ");
        assertThat(api.send("POST", "/api/campaigns/winter/" + what, ApiFixture.BOSS, WHY))
                .isEqualTo("404 {\"error\":\"no campaign 'winter': must be one of [autumn]\"}");
        assertThat(api.engine.isEmpty()).isTrue();
    }

    @Test
    void shouldSayThatTheDatabaseDoesNotAnswer() throws Exception {
        api.database.close();

        assertThat(api.send("POST", "/api/campaigns/autumn/pause", ApiFixture.BOSS, WHY))
                .isEqualTo("503 {\"error\":\"the database does not answer: try again in a few seconds\"}");
    }
}
