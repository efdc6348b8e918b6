package org.paceline.bench.pacing.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.paceline.dialer.forecast.ServiceLaw.Phase;

class LinesPacerTest {
    private final FakeSituation situation = new FakeSituation();

    /** ⌊2.5 · 3⌋ lines, of which four are in use. */
    @Test
    void shouldPlaceSoManyLinesForEachIdleAgent() {
        situation.ready(3).talking(7).placed(3).waiting(1);
        assertThat(new LinesPerIdlePacer(2.5).callsToPlace(situation)).isEqualTo(7 - 4);
    }

    @Test
    void shouldNotHeedWhatWasAbandoned() {
        situation.ready(3).abandoned(50, 100);
        assertThat(new LinesPerIdlePacer(2).callsToPlace(situation)).isEqualTo(6);
    }

    /** ⌊1.4 · (3 + 6)⌋ lines, on six of which somebody talks, and two ring; who wraps up has none. */
    @Test
    void shouldPlaceSoManyLinesForEachAgentWhoIsReadyOrTalks() {
        situation.ready(3).talking(6).busy("wrapping", Phase.WRAP_UP, 0).placed(2);
        assertThat(new LinesPerAgentPacer(1.4).callsToPlace(situation)).isEqualTo(12 - 6 - 2);
    }

    @Test
    void shouldBeProgressiveWithOneLineForEachAgent() {
        situation.ready(3).talking(6);
        assertThat(new LinesPerAgentPacer(1).callsToPlace(situation)).isEqualTo(3);
    }
}
