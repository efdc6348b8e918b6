package org.paceline.bench.pacing.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.pacing.world.LabDay;

/**
 * The results of the days of one scenario, pacer and team. A number that was not measured is NaN.
 *
 * @param pacer its label
 * @param seeds how many days
 * @param utilisationPercent share of signed-in time in talk and wrap-up, mean of the days
 * @param utilisationSd its standard deviation over the days, points of percent
 * @param talkPercent share of signed-in time in talk
 * @param abandonedPercent share of answered calls that were abandoned, mean of the days
 * @param abandonedPercentWorstWindow the largest such share at any moment of the runs, over the limit's period
 * @param seedsOverLimitShare share of the days over the limit, 0 to 1
 * @param decisionMicrosP50 median time of one decision
 * @param factor the factor of a pacer that is tuned in hindsight, or null
 */
public record LabRow(
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
        double abandonedPercentWorstWindow,
        double seedsOverLimitShare,
        double callsPerAgentHour,
        double decisionMicrosP50,
        double decisionMicrosP99,
        double dialsPerAnswer,
        @Nullable Double factor) {

    /** Makes the row of a case's days, at least one. */
    public static LabRow of(
            String scenario, String pacer, int agents, List<LabDay.Result> days, @Nullable Double factor) {
        double utilisation = 100 * mean(days, LabDay.Result::utilisation);
        double squares = days.stream()
                .mapToDouble(day -> Math.pow(100 * day.utilisation() - utilisation, 2))
                .sum();
        Histogram decisions = days.getFirst().decisionNanos().copy();
        days.stream().skip(1).forEach(day -> decisions.add(day.decisionNanos()));
        double answered = days.stream().mapToLong(LabDay.Result::answered).sum();
        return new LabRow(
                scenario,
                pacer,
                agents,
                days.size(),
                utilisation,
                days.size() < 2 ? 0 : Math.sqrt(squares / (days.size() - 1)),
                100 * mean(days, LabDay.Result::talkShare),
                mean(days, LabDay.Result::idleSecondsPerCall),
                100 * mean(days, LabDay.Result::abandonedRatio),
                days.stream()
                        .mapToDouble(day -> 100 * day.abandonedRatio())
                        .max()
                        .orElse(0),
                days.stream()
                        .mapToDouble(day -> 100 * day.worstWindowRatio())
                        .max()
                        .orElse(0),
                mean(days, day -> 100 * day.abandonedRatio() > LabReport.LIMIT_PERCENT ? 1 : 0),
                mean(days, day -> day.agentHours() == 0 ? 0 : day.connected() / day.agentHours()),
                decisions.getValueAtPercentile(50) / 1e3,
                decisions.getValueAtPercentile(99) / 1e3,
                answered == 0
                        ? 0
                        : days.stream().mapToLong(LabDay.Result::dials).sum() / answered,
                factor);
    }

    private static double mean(List<LabDay.Result> days, ToDoubleFunction<LabDay.Result> value) {
        return days.stream().mapToDouble(value).average().orElse(0);
    }

    /** Returns the begin of its figures' names. */
    public String name() {
        return scenario + "." + pacer + "." + agents;
    }

    public String title() {
        return scenario + ", " + pacer + ", " + agents + (agents == 1 ? " agent" : " agents");
    }

    /** Returns the values as in {@code summary.json}. */
    public Map<String, @Nullable Object> values() {
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
        values.put("abandonedPercentWorstWindow", abandonedPercentWorstWindow);
        values.put("seedsOverLimitShare", seedsOverLimitShare);
        values.put("callsPerAgentHour", callsPerAgentHour);
        values.put("decisionMicrosP50", decisionMicrosP50);
        values.put("decisionMicrosP99", decisionMicrosP99);
        values.put("dialsPerAnswer", dialsPerAnswer);
        values.put("factor", factor);
        return values;
    }
}
