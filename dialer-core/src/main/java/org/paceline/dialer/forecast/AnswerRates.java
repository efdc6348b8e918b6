package org.paceline.dialer.forecast;

/**
 * The share of calls that are answered where nobody knows how often the public changes: a filter that expects a change every ten
 * minutes and one that expects one every hundred, weighed by how well each foresaw the last answers. A steady public gets
 * the calmer estimate, a changing one the quicker.
 *
 * <p>Thread: engine only.
 */
final class AnswerRates {
    /** The least weight of a filter: one that was wrong for long may be right tomorrow. */
    private static final double LEAST_WEIGHT = 0.01;

    private final AnswerRate quick;
    private final AnswerRate calm;
    private double quickWeight = 0.5;

    /** Begins with so many answers of so much exposure seen. */
    AnswerRates(double answers, double exposure) {
        quick = new AnswerRate(answers, exposure, 1 / 600.0);
        calm = new AnswerRate(answers, exposure, 1 / 6_000.0);
    }

    /** One second passes. */
    void second(double exposed, int answered) {
        double odds = Math.exp(calm.second(exposed, answered) - quick.second(exposed, answered));
        double weight = quickWeight / (quickWeight + (1 - quickWeight) * odds);
        quickWeight = Math.clamp(weight, LEAST_WEIGHT, 1 - LEAST_WEIGHT);
    }

    double mean() {
        return quickWeight * quick.mean() + (1 - quickWeight) * calm.mean();
    }

    double variance() {
        double apart = quick.mean() - calm.mean();
        return quickWeight * quick.variance()
                + (1 - quickWeight) * calm.variance()
                + quickWeight * (1 - quickWeight) * apart * apart;
    }
}
