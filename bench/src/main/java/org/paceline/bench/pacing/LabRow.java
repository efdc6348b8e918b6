package org.paceline.bench.pacing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of the days of one scenario, pacer and team. A number that was not measured is NaN.
 *
 * @param pacer its label
 * @param seeds how many days
 * @param utilisationPercent share of signed-in time in talk and wrap-up, mean of the days
 * @param utilisationSd its standard deviation over the days, points of percent
 * @param talkPercent share of signed-in time in talk
 * @param abandonedPercent of answered calls, mean of the days
 * @param seedsOverLimitShare of the days, 0 to 1
 * @param decisionMicrosP50 time of one decision, half of them took no longer
 * @param factor of a pacer that is tuned in hindsight, or null
 */
record LabRow(
        String scenario,
        String pacer,
        int agents,
        int seeds,
        double utilisationPercent,
        double utilisationSd,
        double talkPercent,
        double idleSecondsPerCall,
        double abandonedPercent,
        double abandonedPercentWorstSeed,
        double seedsOverLimitShare,
        double callsPerAgentHour,
        double decisionMicrosP50,
        double decisionMicrosP99,
        double dialsPerAnswer,
        @Nullable Double factor) {

    /** The begin of its figures' names. */
    String name() {
        return scenario + "." + pacer + "." + agents;
    }

    String title() {
        return scenario + ", " + pacer + ", " + agents + (agents == 1 ? " agent" : " agents");
    }

    /** As {@code summary.json} has it. */
    Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("scenario", scenario);
        values.put("pacer", pacer);
        values.put("agents", agents);
        values.put("seeds", seeds);
        values.put("utilisationPercent", utilisationPercent);
        values.put("utilisationSd", utilisationSd);
        values.put("talkPercent", talkPercent);
        values.put("idleSecondsPerCall", idleSecondsPerCall);
        values.put("abandonedPercent", abandonedPercent);
        values.put("abandonedPercentWorstSeed", abandonedPercentWorstSeed);
        values.put("seedsOverLimitShare", seedsOverLimitShare);
        values.put("callsPerAgentHour", callsPerAgentHour);
        values.put("decisionMicrosP50", decisionMicrosP50);
        values.put("decisionMicrosP99", decisionMicrosP99);
        values.put("dialsPerAnswer", dialsPerAnswer);
        values.put("factor", factor);
        return values;
    }
}
