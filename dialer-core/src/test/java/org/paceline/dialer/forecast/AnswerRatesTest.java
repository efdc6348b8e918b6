package org.paceline.dialer.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerRatesTest {
    private static final long SEED = 20261126;
    private static final double DIALS_A_SECOND = 2;

    private final Random random = new Random(SEED);

    @Test
    void shouldFindTheRateAndCoverItByItsDeviation() {
        int covered = 0;
        double sum = 0;
        for (int run = 0; run < 200; run++) {
            AnswerRates rate = new AnswerRates(8, 30);
            seconds(rate, 1_800, 0.25);
            sum += rate.mean();
            covered += Math.abs(rate.mean() - 0.25) < 2 * Math.sqrt(rate.variance()) ? 1 : 0;
        }
        assertThat(sum / 200).as("seed=%s", SEED).isBetween(0.24, 0.26);
        assertThat(covered).as("of 200, seed=%s", SEED).isGreaterThan(180);
    }

    @Test
    void shouldFollowAChangeWithinTwoMinutes() {
        AnswerRates rate = new AnswerRates(8, 30);
        seconds(rate, 1_200, 0.15);
        assertThat(rate.mean()).isBetween(0.10, 0.20);
        seconds(rate, 120, 0.40);
        assertThat(rate.mean()).as("seed=%s", SEED).isBetween(0.30, 0.50);
        seconds(rate, 600, 0.15);
        assertThat(rate.mean()).as("seed=%s", SEED).isBetween(0.10, 0.22);
    }

    /** Who expects a change every ten minutes never comes to rest. */
    @Test
    void shouldBeSurerOfASteadyPublicThanWhoExpectsChanges() {
        AnswerRates rates = new AnswerRates(8, 30);
        AnswerRate quick = new AnswerRate(8, 30, 1 / 600.0);
        double error = 0;
        double quickError = 0;
        for (int second = 0; second < 14_400; second++) {
            int answered = poisson(0.25 * DIALS_A_SECOND);
            rates.second(DIALS_A_SECOND, answered);
            quick.second(DIALS_A_SECOND, answered);
            error += Math.abs(rates.mean() - 0.25);
            quickError += Math.abs(quick.mean() - 0.25);
        }
        assertThat(error).as("seed=%s", SEED).isLessThan(0.8 * quickError);
        assertThat(rates.variance()).isLessThan(quick.variance());
    }

    private void seconds(AnswerRates rate, int seconds, double chance) {
        for (int i = 0; i < seconds; i++) {
            rate.second(DIALS_A_SECOND, poisson(chance * DIALS_A_SECOND));
        }
    }

    private int poisson(double mean) {
        int count = 0;
        for (double left = Math.exp(-mean), drawn = random.nextDouble(); drawn > left; count++) {
            drawn *= random.nextDouble();
        }
        return count;
    }
}
