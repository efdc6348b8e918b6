package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole answers, to the last key and in their order: clients hold on to them. */
class AnswersTest {
    private static final String AUTUMN = "{\"id\":\"autumn\",\"dialling\":false,"
            + "\"idleReason\":\"no agent is ready\",\"idleUntil\":null,"
            + "\"idleReasons\":[{\"code\":\"agents.busy\",\"text\":\"no agent is ready\",\"until\":null}],"
            + "\"paused\":null,\"mode\":\"ratio\",\"linesPerAgent\":1.5,\"agentsSignedIn\":1,\"agentsReady\":0,"
            + "\"lines\":{\"planned\":2,\"ringing\":1,\"waiting\":0,\"connected\":0},\"leads\":{\"ready\":20,\"waiting\":4},"
            + "\"attempts\":10,\"answered\":6,\"abandoned\":1,"
            + "\"abandonment\":[{\"source\":\"uk-ofcom\",\"answered\":6,\"abandoned\":1,\"percent\":16.67,"
            + "\"limitPercent\":3.0,\"left\":2}],"
            + "\"budget\":{\"holder\":\"campaign:autumn\",\"month\":\"2026-11\",\"limit\":500.00,\"spent\":123.456,"
            + "\"reserved\":1.08,\"left\":375.464,\"currency\":\"EUR\"},"
            + "\"outcomes\":{\"CONNECTED\":5,\"NO_ANSWER\":3},\"notSent\":{\"NO_RTP_PORT\":2},"
            + "\"refusals\":{\"optout\":2,\"window.workday\":9},"
            + "\"callbacks\":{\"open\":3,\"overdue\":1,\"done\":2,\"onTime\":2,\"missed\":1,\"onTimePercent\":50.0},"
            + "\"file\":null}";

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
    void shouldShowACampaignWhole() throws Exception {
        assertThat(api.send("GET", "/api/campaigns/autumn", ApiFixture.BOSS, ""))
                .isEqualTo("200 " + AUTUMN);
        assertThat(api.send("GET", "/api/campaigns", ApiFixture.BOSS, "")).isEqualTo("200 [" + AUTUMN + "]");
    }

    @Test
    void shouldShowAnAgentThatWasNeverSignedIn() throws Exception {
        assertThat(api.send("GET", "/api/agents/bob", ApiFixture.BOB, ""))
                .isEqualTo(
                        "200 {\"id\":\"bob\",\"team\":null,"
                                + "\"state\":\"SIGNED_OUT\",\"reason\":null,\"since\":null,\"campaigns\":[],\"notServed\":{},\"call\":null,"
                                + "\"lastCall\":null,\"callsTaken\":0,\"attemptsToday\":0,\"callsToday\":0,\"talkSecondsToday\":0,"
                                + "\"breakSecondsToday\":0,\"secondsSpent\":{},\"overLimit\":null,\"limitsPassed\":{},"
                                + "\"phones\":[{\"from\":\"203.0.113.5:61000\",\"contact\":\"sip:bob@10.0.0.7:5060\",\"userAgent\":\"Softphone 1\",\"secondsLeft\":55,\"nat\":true}]}");
    }

    @Test
    void shouldShowNoFilesNoCallbacksAndNoComplaints() throws Exception {
        assertThat(api.send("GET", "/api/config", ApiFixture.BOSS, "")).isEqualTo("200 []");
        assertThat(api.send("GET", "/api/callbacks", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"callbacks\":[],\"next\":null}");
        assertThat(api.send("GET", "/api/complaints", ApiFixture.BOSS, ""))
                .isEqualTo("200 {\"complaints\":[],\"next\":null}");
    }
}
