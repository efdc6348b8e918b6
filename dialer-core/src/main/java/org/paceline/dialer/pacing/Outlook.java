package org.paceline.dialer.pacing;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.forecast.CallForecast;

/**
 * What a predictive pacer believes of the next seconds. Chances are told for 1, 2, ... {@link #HORIZON_SECONDS} seconds
 * from now.
 *
 * <p>Thread: engine only.
 */
public interface Outlook {
    /** For so many seconds calls are looked ahead; for one more, agents. */
    int HORIZON_SECONDS = 25;

    Outlook LEARNED = new LearnedOutlook();

    /** Tells for each busy agent the chance to be free within 1 to {@link #HORIZON_SECONDS} + 1 seconds. */
    void agents(Situation situation, Agents into);

    /** Tells the chance to be answered of each call that nobody has answered yet, those with an agent of their own aside. */
    void calls(Situation situation, Calls into);

    /**
     * The call that would be placed after so many others, chosen among the next records of the list.
     *
     * @param likeliest whether to a record that is most likely to answer, else to one that is least
     * @return false where there is none
     */
    boolean next(Situation situation, int after, boolean likeliest, Next into);

    /** Takes agents. */
    @FunctionalInterface
    interface Agents {
        /** @param within not kept */
        void agent(double[] within);
    }

    /** Takes calls. */
    @FunctionalInterface
    interface Calls {
        /**
         * @param own the campaign's own, or null for one of a campaign that shares its agents
         * @param within not kept
         * @param slope how much each chance grows with the answer rate; not kept
         */
        void call(CallForecast.@Nullable Dial own, double[] within, double[] slope, double rateVariance);
    }

    /** A call that is not placed yet: its chances to be answered. */
    final class Next {
        final double[] within = new double[HORIZON_SECONDS];
        final double[] slope = new double[HORIZON_SECONDS];

        /**
         * @param chance of an answer ever
         * @param perChance how much that grows with the answer rate
         * @param law share of the answers within 1, 2, ... seconds
         */
        public void of(double chance, double perChance, double[] law) {
            for (int j = 0; j < HORIZON_SECONDS; j++) {
                within[j] = chance * law[j];
                slope[j] = perChance * law[j];
            }
        }
    }
}
