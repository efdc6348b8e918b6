package org.paceline.bench.pacing.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.paceline.dialer.forecast.ServiceLaw.Phase;

class IssabelPacerTest {
    private final FakeSituation situation = new FakeSituation();
    private final IssabelPacer pacer = new IssabelPacer(false);

    @Test
    void shouldPlaceOneCallForEachFreeAgent() {
        situation.ready(5).waiting(1).placed(2);
        assertThat(pacer.callsToPlace(situation)).isEqualTo(5 - 1 - 2);
    }

    /** 97 % of exponential talks are over after 3.51 means: 100 s less the 12 s until an answer, so after about 339 s. */
    @Test
    void shouldTakeWhoTalkedForLongAsGoodAsFree() {
        situation.busy("alice", Phase.TALK, 0);
        assertThat(pacer.callsToPlace(situation.at(50))).isZero();
        situation.nobodyBusy().busy("alice", Phase.WRAP_UP, 100).busy("bob", Phase.TALK, 100);
        assertThat(pacer.callsToPlace(situation.at(100))).isZero();
        assertThat(pacer.callsToPlace(situation.at(437))).isZero();
        assertThat(pacer.callsToPlace(situation.at(441))).isEqualTo(1);
    }

    @Test
    void shouldNotPredictBeforeItHasSeenATalk() {
        situation.busy("alice", Phase.TALK, 0);
        assertThat(pacer.callsToPlace(situation.at(3_000))).isZero();
    }

    /** Nobody of twenty answered: the share counts as a fifth at least. */
    @Test
    void shouldPlaceMoreForWhoDoesNotAnswerWhereItOvercommits() {
        IssabelPacer bold = new IssabelPacer(true);
        situation.ready(2);
        bold.callsToPlace(situation.at(0));
        situation.placedBefore(20);
        assertThat(bold.callsToPlace(situation.at(1))).isEqualTo(10);
    }
}
