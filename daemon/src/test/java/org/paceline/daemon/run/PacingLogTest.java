package org.paceline.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.periodic.PeriodicWorkers;
import org.paceline.dialer.engine.Snapshot;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.pacing.PacingState;
import org.paceline.dialer.state.IdleReason;
import org.paceline.dialer.threads.ThreadWatch;

class PacingLogTest {
    private static final PacingState PACING =
            new PacingState(2, 1.25, 7, 1.5, 0.2512, 0.031, 0.0351, 0.04, -1.2, 3.5, "one more call is too risky");

    @Test
    void shouldTellWhatThePacerGoesBy() {
        assertThat(PacingLog.line(campaign(null, PACING)))
                .isEqualTo("event=pacing campaign=spring mode=predictive agents=9 free=2 soon-free=1.3 ringing=7"
                        + " expected-answers=1.5 answer-rate=0.251 answer-rate-deviation=0.031 price=0.0351 risk=0.0400"
                        + " debt=-1.2 abandons-left=3.5 why=\"one more call is too risky\"");
    }

    @Test
    void shouldTellFirstWhatKeepsTheCampaignFromDialling() {
        assertThat(PacingLog.line(campaign("trunk \"a\" is down", PACING))).endsWith("why=\"trunk 'a' is down\"");
    }

    @Test
    void shouldTellTheFreeAgentsWhereThePacerHasNothingToTell() {
        assertThat(PacingLog.line(campaign(null, null)))
                .isEqualTo("event=pacing campaign=spring mode=predictive agents=9 free=4 ringing=3");
    }

    @Test
    void shouldTellEachChangeOfWhatKeepsACampaignFromDiallingOnce() {
        try (PacingLog log = new PacingLog(() -> null, new PeriodicWorkers(ThreadWatch.endingTheProcess()))) {
            assertThat(log.change(campaign(null, null))).isNull();
            assertThat(log.change(campaign("trunk \"a\" is down", null)))
                    .isEqualTo("event=idle campaign=spring reasons=trunk.down why=\"trunk 'a' is down\"");
            assertThat(log.change(campaign("trunk \"a\" is down", null))).isNull();
            assertThat(log.change(campaign(null, null))).isEqualTo("event=not-idle campaign=spring");
        }
    }

    private static Snapshot.CampaignStatus campaign(@Nullable String idle, @Nullable PacingState pacing) {
        return new Snapshot.CampaignStatus(
                new CampaignId("spring"),
                idle == null ? List.of() : List.of(new IdleReason(IdleReason.Kind.TRUNK_DOWN, idle, 0)),
                null,
                "PREDICTIVE",
                1,
                50,
                0,
                9,
                4,
                0,
                3,
                0,
                5,
                100,
                30,
                1,
                List.of(),
                pacing,
                null,
                Map.of(),
                Map.of(),
                Map.of());
    }
}
