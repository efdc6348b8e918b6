package org.paceline.bench.pacing.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.bench.pacing.baseline.VicidialPacer.Method;
import org.paceline.dialer.forecast.ServiceLaw.Phase;

/** Ten agents, unless said otherwise. */
class VicidialPacerTest {
    private final FakeSituation situation = new FakeSituation();

    @Test
    void shouldBeginWithOneLineForEachActiveAgent() {
        situation.ready(4).talking(6);
        assertThat(pacer(0).callsToPlace(situation)).isEqualTo(4);
    }

    @Test
    void shouldNotCountWhoWrapsUpAsActive() {
        situation.ready(4).talking(2);
        for (int i = 0; i < 4; i++) {
            situation.busy("wrapping" + i, Phase.WRAP_UP, 0);
        }
        assertThat(pacer(0).callsToPlace(situation)).isEqualTo(4);
    }

    @Test
    void shouldGiveBackWhatWasPlacedOfItsPlanAndFillUpOnlyAfterTwoSecondsAndAHalf() {
        VicidialPacer pacer = pacer(0);
        situation.ready(4).talking(6);
        assertThat(pacer.callsToPlace(situation)).isEqualTo(4);
        situation.placed(3);
        assertThat(pacer.callsToPlace(situation.at(0.1))).isEqualTo(1);
        situation.placed(1);
        assertThat(pacer.callsToPlace(situation.at(0.2))).isZero();
        situation.ready(5);
        assertThat(pacer.callsToPlace(situation.at(2.4))).isZero();
        assertThat(pacer.callsToPlace(situation.at(2.5))).isEqualTo(1);
    }

    /** 1 + 4 / 10 after 15 seconds, and 1.4 · 1.4 after 30. */
    @Test
    void shouldRaiseTheLevelByTheShareOfIdleAgents() {
        VicidialPacer pacer = pacer(0);
        situation.ready(4).talking(6);
        pass(pacer, 0, 13);
        assertThat(pacer.level()).isEqualTo(1);
        pass(pacer, 14, 14);
        assertThat(pacer.level()).isEqualTo(1.4);
        assertThat(pacer.callsToPlace(situation.at(15))).isEqualTo(14 - 6);
        pass(pacer, 16, 29);
        assertThat(pacer.level()).isEqualTo(1.96);
        pass(pacer, 30, 104);
        assertThat(pacer.level()).as("at most three lines").isEqualTo(3);
    }

    /** 1.4 · (1 − 2 / 10). */
    @Test
    void shouldLowerTheLevelByTheShareOfWaitingCustomers() {
        VicidialPacer pacer = pacer(0);
        situation.ready(4).talking(6);
        pass(pacer, 0, 14);
        situation.ready(0).waiting(2).talking(4);
        pass(pacer, 15, 29);
        assertThat(pacer.level()).isEqualTo(1.12);
        pass(pacer, 30, 59);
        assertThat(pacer.level()).as("at least one line").isEqualTo(1);
    }

    /** 4 agents idle are the target: 1 + 0 / 10; 6 are two more than that. */
    @Test
    void shouldKeepAgentsIdleWhereTheTargetSaysSo() {
        VicidialPacer pacer = pacer(-4);
        situation.ready(4).talking(6);
        pass(pacer, 0, 14);
        assertThat(pacer.level()).isEqualTo(1);
        situation.nobodyBusy().ready(6).talking(4);
        pass(pacer, 15, 29);
        assertThat(pacer.level()).isEqualTo(1.2);
    }

    /** Nine of ten idle: 1.9, then 3. After a minute the day's share counts; at 0:01:14 the shift has 7:58 left: 758. */
    @ParameterizedTest
    @CsvSource({"HARD_LIMIT, 1", "AVERAGE, 1.5", "TAPERED, 2.274"})
    void shouldCutTheLevelWhereTooManyWereDroppedToday(Method method, double level) {
        VicidialPacer pacer = new VicidialPacer(method, 0);
        situation.placedBefore(51).ready(9).talking(1);
        pass(pacer, 0, 29);
        assertThat(pacer.level()).isEqualTo(3);
        situation.abandoned(4, 100);
        pass(pacer, 30, 59);
        assertThat(pacer.level()).as("drops are counted once a minute").isEqualTo(3);
        pass(pacer, 60, 74);
        assertThat(pacer.level()).isEqualTo(level);
    }

    @Test
    void shouldNotCutTheLevelOfADayOfFiftyCalls() {
        VicidialPacer pacer = pacer(0);
        situation.placedBefore(50).ready(9).talking(1).abandoned(4, 100);
        pass(pacer, 0, 74);
        assertThat(pacer.level()).isEqualTo(3);
    }

    @Test
    void shouldHalveTheLevelAfterAMinuteInWhichMostWereDropped() {
        VicidialPacer pacer = pacer(0);
        situation.ready(9).talking(1);
        pass(pacer, 0, 28);
        situation.abandoned(11, 21);
        pass(pacer, 29, 29);
        assertThat(pacer.level()).isEqualTo(1.5);
    }

    private static VicidialPacer pacer(double target) {
        return new VicidialPacer(Method.AVERAGE, target);
    }

    private void pass(VicidialPacer pacer, int fromSecond, int toSecond) {
        for (int second = fromSecond; second <= toSecond; second++) {
            pacer.callsToPlace(situation.at(second));
        }
    }
}
