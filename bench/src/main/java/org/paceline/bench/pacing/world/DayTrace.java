package org.paceline.bench.pacing.world;

import java.util.List;

/**
 * A run in samples of equal distance, for charts. All lists are equally long; rates and the price are those of the
 * scenario's first campaign, and {@link Double#NaN} where its pacer tells none.
 *
 * @param seconds since the start
 * @param free agents who wait for a customer
 * @param paused agents on a break
 * @param ringing calls placed and not answered, of all campaigns
 * @param waiting answered customers without an agent, of all campaigns
 * @param estimatedRate chance of an answer as the pacer reckons with it, 0 to 1
 * @param answerRateDeviation standard deviation of that chance as the pacer tells it
 * @param trueRate the scenario's chance, for the list that is handed out at that time, 0 to 1; 0 where there is none
 * @param price the risk that one more call may have, 0 to 1
 */
public record DayTrace(
        List<Double> seconds,
        List<Integer> free,
        List<Integer> talking,
        List<Integer> wrapUp,
        List<Integer> paused,
        List<Integer> ringing,
        List<Integer> waiting,
        List<Double> estimatedRate,
        List<Double> answerRateDeviation,
        List<Double> trueRate,
        List<Double> price) {}
