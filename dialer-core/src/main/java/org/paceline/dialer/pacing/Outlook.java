package org.paceline.dialer.pacing;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.forecast.CallForecast;

/**
 * What a predictive pacer expects of the next seconds. Chances are given for 1, 2, ... {@link #HORIZON_SECONDS} seconds
 * from now.
 *
 * <p>Thread: engine only.
 */
public interface Outlook {
    /** For how many seconds ahead calls are looked at; agents are looked at for one second more. */
    int HORIZON_SECONDS = 25;

    Outlook LEARNED = new LearnedOutlook();

    /** Tells for each busy agent the chances to be free within 1 to {@link #HORIZON_SECONDS} + 1 seconds. */
    void agents(Situation situation, Agents into);

    /**
     * Tells for each call that nobody has answered yet the chances to be answered, except for calls with an agent of
     * their own.
     */
    void calls(Situation situation, Calls into);

    /**
     * Describes the call that would be placed after so many others, chosen among the next leads of the list.
     *
     * @param likeliest whether it is to the lead that is most likely to answer; otherwise to the least likely
     * @return false where there is none
     */
    boolean next(Situation situation, int after, boolean likeliest, Next into);

    /** Takes agents, one by one. */
    @FunctionalInterface
    interface Agents {
        /** @param within the agent's chances to be free; must not be kept */
        void agent(double[] within);
    }

    /** Takes calls, one by one. */
    @FunctionalInterface
    interface Calls {
        /**
         * @param own the call if it is the campaign's own, or null for one of a campaign that shares its agents
         * @param within the call's chances to be answered; must not be kept
         * @param slope how much each chance grows with the answer rate; must not be kept
         */
        void call(CallForecast.@Nullable Dial own, double[] within, double[] slope, double rateVariance);
    }

    /** The chances to be answered of a call that is not placed yet. */
    final class Next {
        final double[] within = new double[HORIZON_SECONDS];
        final double[] slope = new double[HORIZON_SECONDS];

        /**
         * @param chance of an answer at all
         * @param perChance how much that chance grows with the answer rate
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
