package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.trunk.TrunkFigures;

/** What a trunk's attempts come to. */
class TrunkFiguresTest {
    private final Story story = new Story();

    @BeforeEach
    void givenOneAgentAndOneLineForIt() {
        story.retries = new RetryPlan(1, Map.of());
        story.givenTrunk(10, 100)
                .givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(60)
                .pass(20);
    }

    private CallId next() {
        return story.placed().getLast();
    }

    private TrunkFigures figures() {
        return story.snapshot().trunks().getFirst().figures();
    }

    private void fails(Outcome outcome, int status, Fault fault) {
        CallId call = next();
        story.stored(call)
                .tell(new Event.CallFailed(call, outcome, CallCause.ofStatus(status), false, fault))
                .pass(20);
    }

    @Test
    void shouldMeasureAnswersAndHowLongTheyLast() {
        CallId call = next();
        story.talks(call);
        story.clockPasses(90_000).customerHangsUp(call);

        TrunkFigures figures = figures();
        assertThat(figures.attempts()).isEqualTo(1);
        assertThat(figures.asr()).isEqualTo(1);
        assertThat(figures.ner()).isEqualTo(1);
        assertThat(figures.acdSeconds()).isEqualTo(90);
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, 486, CALLEE, 1",
        "NO_ANSWER, 480, CALLEE, 1",
        "REJECTED, 603, CALLEE, 1",
        "UNWANTED, 607, CALLEE, 1",
        "INVALID_NUMBER, 404, CALLEE, 0",
        "CONGESTION, 503, TRUNK, 0",
        "TRUNK_FAILED, 403, TRUNK, 0",
        "CANCELLED, 487, US, 0"
    })
    void shouldCountAsEffectiveWhatTheCalledPartysSideEnds(Outcome outcome, int status, Fault fault, double ner) {
        fails(outcome, status, fault);

        assertThat(figures().asr()).isZero();
        assertThat(figures().ner()).isEqualTo(ner);
        assertThat(figures().recentNer()).isEqualTo(ner);
    }

    @Test
    void shouldCountAsEffectiveACallThatRangAndWasCancelled() {
        CallId call = next();
        story.stored(call).tell(new Event.CallRinging(call)).fails(call, Outcome.CANCELLED);

        assertThat(figures().ner()).isEqualTo(1);
    }

    @Test
    void shouldMeasureTheDelayUpToTheFirstRingOnly() {
        CallId call = next();
        story.stored(call)
                .clockPasses(700)
                .tell(new Event.CallRinging(call, false))
                .clockPasses(4_000)
                .tell(new Event.CallRinging(call, true))
                .clockPasses(4_000)
                .answered(call);

        TrunkFigures.Delay delay = figures().postDialDelay();
        assertThat(delay.count()).isEqualTo(1);
        assertThat(delay.sumMillis()).isEqualTo(700);
        assertThat(delay.upTo()).containsExactly(0L, 0L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L);
    }

    @Test
    void shouldMeasureTheDelayUpToAnAnswerWithoutRing() {
        CallId call = next();
        story.stored(call).clockPasses(1_500).answered(call);

        assertThat(figures().postDialDelay().sumMillis()).isEqualTo(1_500);
    }

    @Test
    void shouldMeasureNoDelayOfARefusal() {
        fails(Outcome.BUSY, 486, Fault.CALLEE);

        assertThat(figures().postDialDelay()).isEqualTo(TrunkFigures.Delay.NONE);
    }

    @Test
    void shouldCountNoAttemptOfWhichNothingWasSent() {
        CallId call = next();
        story.stored(call).tell(new Event.CallNotSent(call, NotSent.SEND_FAILED));

        assertThat(figures()).isEqualTo(TrunkFigures.NONE);
    }
}
