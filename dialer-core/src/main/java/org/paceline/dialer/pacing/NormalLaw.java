package org.paceline.dialer.pacing;

/** The standard normal law. */
final class NormalLaw {
    private NormalLaw() {}

    /**
     * Returns Φ(z), to 1.5e-7: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 7.1.26.
     *
     * @return 0 to 1
     */
    static double cumulated(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        double t = 1 / (1 + 0.3275911 * x);
        double tail = t
                * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
                * Math.exp(-x * x);
        return z < 0 ? tail / 2 : 1 - tail / 2;
    }
}
