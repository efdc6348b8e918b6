package org.paceline.daemon.pauses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;
import static org.paceline.daemon.Fixtures.SPRING;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.Fixtures.Heard;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.campaign.CampaignPause;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.threads.ThreadWatch;

/** What is promised of paused campaigns, on any database. */
abstract class PauseContract extends DatabaseContract {
    private static final CampaignPause WORD = new CampaignPause("api:boss", "complaints", NOON);

    private final AtomicLong now = new AtomicLong(NOON);

    private CampaignPauses pauses(Heard engine) {
        return new CampaignPauses(database, engine, now::get, new PeriodicWorkers(ThreadWatch.endingTheProcess()));
    }

    @Test
    void shouldTellTheEngineAtOnceAndKeepWhoWhenAndWhy() throws Exception {
        Heard engine = new Heard();
        try (CampaignPauses pauses = pauses(engine)) {
            assertThat(pauses.pause(SPRING, "api:boss", "complaints")).isEqualTo(WORD);
            assertThat(engine.next()).isEqualTo(new Event.CampaignsPaused(Map.of(SPRING, WORD)));

            now.addAndGet(60_000);
            assertThat(pauses.resume(SPRING, "api:jane", "list mended")).isEqualTo(WORD);
            assertThat(engine.next()).isEqualTo(new Event.CampaignsPaused(Map.of()));
        }
        List<String> kept = database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT said_by || ' ' || reason || ' ' || said_at FROM campaign_pause ORDER BY id")
                        .mapTo(String.class)
                        .list());
        assertThat(kept).containsExactly("api:boss complaints " + NOON, "api:jane list mended " + (NOON + 60_000));
    }

    @Test
    void shouldKeepTheFirstWordWhenItIsPausedTwice() throws Exception {
        Heard engine = new Heard();
        try (CampaignPauses pauses = pauses(engine)) {
            pauses.pause(SPRING, "api:boss", "complaints");
            now.addAndGet(1);

            assertThat(pauses.pause(SPRING, "api:jane", "me too")).isEqualTo(WORD);
        }
        assertThat(engine.next()).isEqualTo(new Event.CampaignsPaused(Map.of(SPRING, WORD)));
        assertThat(engine.isEmpty()).isTrue();
    }

    @Test
    void shouldSayThatNothingWasPaused() {
        try (CampaignPauses pauses = pauses(new Heard())) {
            assertThat(pauses.resume(SPRING, "api:boss", "never mind")).isNull();
        }
    }

    @Test
    void shouldStayPausedOverARestart() throws Exception {
        try (CampaignPauses before = pauses(new Heard())) {
            before.pause(SPRING, "api:boss", "complaints");
        }
        Heard engine = new Heard();
        try (CampaignPauses after = pauses(engine)) {
            after.load();
        }
        assertThat(engine.next()).isEqualTo(new Event.CampaignsPaused(Map.of(SPRING, WORD)));
    }

    @Test
    void shouldHoldOnOtherNodesOfTheDatabase() throws Exception {
        Heard engine = new Heard();
        try (CampaignPauses here = pauses(new Heard());
                CampaignPauses there = pauses(engine)) {
            there.load();
            there.start();
            here.pause(SPRING, "api:boss", "complaints");
            assertThat(engine.next()).isEqualTo(new Event.CampaignsPaused(Map.of(SPRING, WORD)));

            here.resume(SPRING, "api:boss", "list mended");
            assertThat(engine.next()).isEqualTo(new Event.CampaignsPaused(Map.of()));
        }
    }
}
