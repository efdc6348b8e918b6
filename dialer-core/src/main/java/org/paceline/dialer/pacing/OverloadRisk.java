package org.paceline.dialer.pacing;

import java.util.Arrays;

/**
 * How likely it is that more customers answer within the next seconds than agents come free: {@code P(A_j − R_{j+1} ≥
 * free)}, where A_j calls are answered within j seconds and R_j agents come free by then; agents have one second more,
 * because a customer may wait for a moment. The risk is computed by exact convolution for small teams, and by the
 * normal law for large ones.
 *
 * <p>Thread: engine only.
 */
final class OverloadRisk {
    private static final int HORIZON = Outlook.HORIZON_SECONDS;
    private static final double NEGLIGIBLE = 1e-7;

    private final double[][] answered = new double[HORIZON][64];
    private final int[] answeredSize = new int[HORIZON];
    private final double[][] freed = new double[HORIZON][64];
    private final int[] freedSize = new int[HORIZON];

    private final double[] mean = new double[HORIZON];
    private final double[] variance = new double[HORIZON];
    private final double[] slope = new double[HORIZON];
    private final double[] risk = new double[HORIZON];
    private final double[] worstFrom = new double[HORIZON];

    private boolean exact;
    private int free;
    private int most;
    private double rateVariance;

    /**
     * Begins a new computation.
     *
     * @param free agents free, less customers who wait; may be below 0
     * @param busy how many agents {@link #agent} will tell of at most
     */
    void begin(int free, int busy, boolean exact) {
        this.exact = exact;
        this.free = free;
        this.most = Math.max(1, free + busy + 1);
        rateVariance = 0;
        if (exact) {
            for (int j = 0; j < HORIZON; j++) {
                answered[j] = roomFor(answered[j], most + 1);
                answered[j][0] = 1;
                answeredSize[j] = 1;
                freed[j] = roomFor(freed[j], busy + 1);
                freed[j][0] = 1;
                freedSize[j] = 1;
            }
        } else {
            Arrays.fill(mean, 0);
            Arrays.fill(variance, 0);
            Arrays.fill(slope, 0);
        }
    }

    private static double[] roomFor(double[] array, int size) {
        if (array.length < size) {
            return new double[size * 2];
        }
        return array;
    }

    /** @param within chances to be free within 1 to horizon + 1 seconds */
    void agent(double[] within) {
        for (int j = 0; j < HORIZON; j++) {
            double chance = within[j + 1];
            if (!exact) {
                mean[j] -= chance;
                variance[j] += chance * (1 - chance);
            } else if (chance > NEGLIGIBLE) {
                freedSize[j] = add(freed[j], freedSize[j], chance, Integer.MAX_VALUE);
            }
        }
    }

    /** @param variance of the answer rate that the chances come from */
    void call(double[] within, double[] perRate, double variance) {
        if (exact) {
            for (int j = 0; j < HORIZON; j++) {
                if (within[j] > NEGLIGIBLE) {
                    answeredSize[j] = add(answered[j], answeredSize[j], within[j], most);
                }
            }
            return;
        }
        rateVariance = Math.max(rateVariance, variance);
        for (int j = 0; j < HORIZON; j++) {
            double chance = within[j];
            mean[j] += chance;
            this.variance[j] += chance * (1 - chance);
            slope[j] += perRate[j];
        }
    }

    /** Takes a call out again; not allowed where the computation is exact. */
    void withoutCall(double[] within, double[] perRate) {
        for (int j = 0; j < HORIZON; j++) {
            mean[j] -= within[j];
            variance[j] -= within[j] * (1 - within[j]);
            slope[j] -= perRate[j];
        }
    }

    boolean isExact() {
        return exact;
    }

    /** Adds one more event with that chance to the law; counts above the top are counted as the top. */
    private static int add(double[] law, int size, double chance, int top) {
        double not = 1 - chance;
        int grown = size;
        if (size <= top) {
            law[size] = law[size - 1] * chance;
            grown = size + 1;
        } else {
            law[size - 1] += law[size - 2] * chance;
        }
        for (int i = size - 1 - (size <= top ? 0 : 1); i > 0; i--) {
            law[i] = law[i] * not + law[i - 1] * chance;
        }
        law[0] *= not;
        return grown;
    }

    /** Works out the risks from the agents and calls told so far. */
    void weigh() {
        for (int j = 0; j < HORIZON; j++) {
            risk[j] = exact ? exactly(j) : normally(j);
        }
        double worst = 0;
        for (int j = HORIZON - 1; j >= 0; j--) {
            worst = Math.max(worst, risk[j]);
            worstFrom[j] = worst;
        }
    }

    private double exactly(int j) {
        double[] calls = answered[j];
        double[] agents = freed[j];
        double chance = 0;
        double tail = 0;
        int size = answeredSize[j];
        int counted = size;
        for (int r = freedSize[j] - 1; r >= 0; r--) {
            int least = Math.max(0, free + r);
            while (counted > least) {
                counted--;
                tail += counted < size ? calls[counted] : 0;
            }
            chance += agents[r] * tail;
        }
        return Math.min(1, chance);
    }

    private double normally(int j) {
        double spread = variance[j] + rateVariance * slope[j] * slope[j];
        double above = mean[j] - free + 0.5;
        if (spread < 1e-9) {
            return above > 0 ? 1 : 0;
        }
        return NormalLaw.cumulated(above / Math.sqrt(spread));
    }

    /** The chance that a call answered within j+1 seconds finds no agent, j from 0. */
    double risk(int j) {
        return risk[j];
    }

    /** The chance that one more call, once answered, is one too many at that time, or makes a later one so. */
    double marginal(Outlook.Next next) {
        double[] within = next.within;
        double all = within[HORIZON - 1];
        if (all <= 0) {
            return 0;
        }
        double sum = 0;
        double before = 0;
        for (int j = 0; j < HORIZON; j++) {
            sum += (within[j] - before) * worstFrom[j];
            before = within[j];
        }
        return sum / all;
    }
}
