package org.paceline.dialer.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverloadRiskTest {
    private static final long SEED = 3;

    private final Random random = new Random(SEED);
    private final OverloadRisk overload = new OverloadRisk();

    @Test
    void shouldAgreeWithEveryPossibleFuture() {
        for (int run = 0; run < 200; run++) {
            double[] calls = chances(random.nextInt(7));
            double[] agents = chances(random.nextInt(6));
            int free = random.nextInt(4) - 1;
            tell(calls, agents, free, true);
            assertThat(overload.risk(0))
                    .as("run=%s seed=%s", run, SEED)
                    .isCloseTo(byEnumeration(calls, agents, free), within(1e-6));
        }
    }

    @Test
    void shouldAgreeWithTheExactChanceForLargeTeams() {
        for (int run = 0; run < 100; run++) {
            double[] calls = chances(150);
            double[] agents = chances(80);
            int free = (int) (Arrays.stream(calls).sum() - Arrays.stream(agents).sum()) + random.nextInt(9) - 4;
            tell(calls, agents, free, true);
            double exact = overload.risk(0);
            tell(calls, agents, free, false);
            assertThat(overload.risk(0)).as("run=%s seed=%s", run, SEED).isCloseTo(exact, within(0.01));
        }
    }

    @Test
    void shouldFindNoRiskInTheFirstCallForAFreeAgentAndSomeInTheSecond() {
        Outlook.Next next = new Outlook.Next();
        double[] law = new double[Outlook.HORIZON_SECONDS];
        Arrays.fill(law, 1);
        next.of(0.25, 1, law);
        overload.begin(1, 1, true);
        overload.weigh();
        assertThat(overload.marginal(next)).isZero();
        overload.call(next.within, next.slope, 0);
        overload.weigh();
        assertThat(overload.marginal(next)).isCloseTo(0.25, within(1e-9));
    }

    @Test
    void shouldKnowTheNormalLaw() {
        assertThat(NormalLaw.cumulated(0)).isCloseTo(0.5, within(1e-6));
        assertThat(NormalLaw.cumulated(1.644854)).isCloseTo(0.95, within(1e-6));
        assertThat(NormalLaw.cumulated(-2.326348)).isCloseTo(0.01, within(1e-6));
    }

    private double[] chances(int count) {
        return random.doubles(count).toArray();
    }

    private void tell(double[] calls, double[] agents, int free, boolean exact) {
        overload.begin(free, agents.length, exact);
        for (double chance : agents) {
            overload.agent(same(chance, Outlook.HORIZON_SECONDS + 1));
        }
        for (double chance : calls) {
            overload.call(same(chance, Outlook.HORIZON_SECONDS), new double[Outlook.HORIZON_SECONDS], 0);
        }
        overload.weigh();
    }

    private static double[] same(double chance, int seconds) {
        double[] all = new double[seconds];
        Arrays.fill(all, chance);
        return all;
    }

    private static double byEnumeration(double[] calls, double[] agents, int free) {
        double sum = 0;
        for (int future = 0; future < 1 << (calls.length + agents.length); future++) {
            double chance = 1;
            int balance = -free;
            for (int i = 0; i < calls.length + agents.length; i++) {
                boolean happens = (future >> i & 1) == 1;
                double of = i < calls.length ? calls[i] : agents[i - calls.length];
                chance *= happens ? of : 1 - of;
                balance += !happens ? 0 : i < calls.length ? 1 : -1;
            }
            sum += balance >= 0 ? chance : 0;
        }
        return sum;
    }
}
