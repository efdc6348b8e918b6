package org.paceline.bench.pacing.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.forecast.ServiceLaw.Phase;

/** From cold: an answer rate of 0.645, a mean ring time of 12 s. */
class ExpectedFreePacerTest {
    private final FakeSituation situation = new FakeSituation();

    @BeforeEach
    void cold() {
        assertThat(situation.calls().answerRate()).isCloseTo(0.645, within(0.001));
        assertThat(RingTime.meanSeconds(situation.calls())).isCloseTo(12, within(0.3));
    }

    /** 2 / 0.645 = 3.1; 4 / 0.645 = 6.2. */
    @Test
    void shouldExpectAsManyAnswersAsAgentsAreFree() {
        situation.ready(2);
        assertThat(pacer(1).callsToPlace(situation)).isEqualTo(3);
        assertThat(pacer(2).callsToPlace(situation)).isEqualTo(6);
    }

    @Test
    void shouldTakeCustomersWhoWaitFromTheFreeAgents() {
        situation.ready(2).waiting(1);
        assertThat(pacer(1).callsToPlace(situation)).isEqualTo(1);
    }

    /** Three calls are 1.8 answers; once they rang for 20 s, few of them. */
    @Test
    void shouldCountWhatRingsByHowLongItHasRung() {
        situation.ready(2).placed(3);
        assertThat(pacer(1).callsToPlace(situation)).isZero();
        assertThat(pacer(1).callsToPlace(situation.at(20))).isEqualTo(2);
    }

    /** Wrap-ups end after 20 s: who has wrapped up for 15 s is free within the ring time, for sure. */
    @Test
    void shouldCountWhoIsFreeWithinTheRingTime() {
        situation.wrapUpsEndAfter(20).at(15).busy("alice", Phase.WRAP_UP, 0).busy("bob", Phase.WRAP_UP, 0);
        assertThat(pacer(1).callsToPlace(situation)).isEqualTo(3);
    }

    private static ExpectedFreePacer pacer(double factor) {
        return new ExpectedFreePacer(factor);
    }
}
