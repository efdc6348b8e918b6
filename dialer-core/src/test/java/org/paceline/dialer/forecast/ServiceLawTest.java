package org.paceline.dialer.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.forecast.ServiceLaw.Phase;
import org.paceline.dialer.id.AgentId;

class ServiceLawTest {
    private static final long SEED = 11;
    private static final AgentId ANN = new AgentId("ann");

    private final Random random = new Random(SEED);
    private final ServiceLaw law = new ServiceLaw();
    private long now = 1_000_000_000L;

    /** Exponential phases have no memory: after any age the rest is the same. */
    @Test
    void shouldLearnTheChanceToBeFree() {
        for (int i = 0; i < 3_000; i++) {
            lasts(Phase.TALK, -100 * Math.log(1 - random.nextDouble()));
            lasts(Phase.WRAP_UP, -15 * Math.log(1 - random.nextDouble()));
        }
        assertThat(law.meanServiceSeconds()).as("seed=%s", SEED).isCloseTo(115, within(6.0));
        assertThat(freeWithin(Phase.WRAP_UP, 5, 10)).isCloseTo(1 - Math.exp(-10 / 15.0), within(0.04));
        // Talk and wrap-up both over within 20 s.
        double both = 1 - (100 * Math.exp(-20 / 100.0) - 15 * Math.exp(-20 / 15.0)) / 85;
        assertThat(freeWithin(Phase.TALK, 60, 20)).isCloseTo(both, within(0.03));
    }

    @Test
    void shouldTakeTalksThatStillRunIntoAccount() {
        for (int i = 0; i < 50; i++) {
            lasts(Phase.TALK, 20);
        }
        double before = freeWithin(Phase.TALK, 100, 26);
        for (int agent = 0; agent < 30; agent++) {
            law.begins(new AgentId("a" + agent), Phase.TALK, now);
        }
        now += 600_000_000_000L;
        assertThat(freeWithin(Phase.TALK, 100, 26)).isLessThan(before / 2);
    }

    @Test
    void shouldKnowTheLimitOfAWrapUp() {
        law.wrapUpLimit(10_000);
        assertThat(freeWithin(Phase.WRAP_UP, 4, 6)).isEqualTo(1);
        assertThat(freeWithin(Phase.WRAP_UP, 4, 5)).isLessThan(0.6);
        law.wrapUpLimit(Long.MAX_VALUE);
        assertThat(freeWithin(Phase.WRAP_UP, 4, 6)).isLessThan(0.6);
    }

    private void lasts(Phase phase, double seconds) {
        law.begins(ANN, phase, now);
        now += (long) (seconds * 1e9);
        law.ends(ANN, now);
    }

    private double freeWithin(Phase phase, double age, int seconds) {
        now += 61_000_000_000L;
        return law.within(phase, now - (long) (age * 1e9), now)[seconds - 1];
    }
}
