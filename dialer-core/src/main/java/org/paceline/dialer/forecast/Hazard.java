package org.paceline.dialer.forecast;

/**
 * How likely a phase is to end in the next moment, by its age: the number of ends at that age divided by the time spent
 * at it, smoothed over neighbouring ages and shrunk towards the rate of all ages.
 *
 * <p>Thread: engine only.
 */
final class Hazard {
    private final double binSeconds;
    private final double priorMeanSeconds;
    private final double pseudoSeconds;
    private final double[] ends;
    private final double[] spent;
    private double allEnds;
    private double allSpent;
    private final double[] cumulated;

    /**
     * @param priorMeanSeconds the length of a phase that is assumed before any end was seen
     * @param pseudoSeconds time at the rate of all ages that is added to the time spent at each age
     */
    Hazard(double binSeconds, int bins, double priorMeanSeconds, double pseudoSeconds) {
        this.binSeconds = binSeconds;
        this.priorMeanSeconds = priorMeanSeconds;
        this.pseudoSeconds = pseudoSeconds;
        ends = new double[bins];
        spent = new double[bins];
        cumulated = new double[bins + 1];
        smooth();
    }

    private Hazard(Hazard of) {
        binSeconds = of.binSeconds;
        priorMeanSeconds = of.priorMeanSeconds;
        pseudoSeconds = of.pseudoSeconds;
        ends = of.ends.clone();
        spent = of.spent.clone();
        allEnds = of.allEnds;
        allSpent = of.allSpent;
        cumulated = of.cumulated.clone();
    }

    Hazard copy() {
        return new Hazard(this);
    }

    int bins() {
        return ends.length;
    }

    double binSeconds() {
        return binSeconds;
    }

    int bin(double age) {
        return Math.clamp((long) (age / binSeconds), 0, ends.length - 1);
    }

    double meanSeconds() {
        return (allSpent + priorMeanSeconds) / (allEnds + 1);
    }

    /** @param ended whether the phase ended then; if not, it has only reached that age */
    void lasted(double seconds, boolean ended) {
        int last = bin(seconds);
        for (int bin = 0; bin < last; bin++) {
            spent[bin] += binSeconds;
        }
        spent[last] += seconds - last * binSeconds;
        allSpent += seconds;
        if (ended) {
            ends[last]++;
            allEnds++;
        }
    }

    /** Computes the rates from what was counted. */
    void smooth() {
        double overall = 1 / meanSeconds();
        for (int bin = 0; bin < ends.length; bin++) {
            int from = Math.max(0, bin - 1);
            int to = Math.min(ends.length - 1, bin + 1);
            double ended = overall * pseudoSeconds;
            double time = pseudoSeconds;
            for (int near = from; near <= to; near++) {
                ended += ends[near];
                time += spent[near];
            }
            cumulated[bin + 1] = cumulated[bin] + binSeconds * ended / time;
        }
    }

    /** The chance that a phase of that age still runs some seconds later. */
    double survives(double age, double seconds) {
        return Math.exp(at(age) - at(age + seconds));
    }

    private double at(double age) {
        double at = age / binSeconds;
        int bin = (int) at;
        if (bin >= ends.length) {
            int last = ends.length;
            return cumulated[last] + (at - last) * (cumulated[last] - cumulated[last - 1]);
        }
        return cumulated[bin] + (at - bin) * (cumulated[bin + 1] - cumulated[bin]);
    }
}
