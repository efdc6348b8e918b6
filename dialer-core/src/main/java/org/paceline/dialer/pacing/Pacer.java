package org.paceline.dialer.pacing;

/**
 * Decides how many calls to place now; one implementation a dial mode.
 *
 * <p>Thread: engine only.
 */
public interface Pacer {

    /**
     * How many calls to place now, before the limits of trunks, lines and rules. Not negative. With no agent ready or
     * signed in it is 0.
     */
    int callsToPlace(Situation situation);

    /**
     * What a pacer sees of its campaign.
     *
     * @param agentsSignedIn agents of the campaign, whatever they do
     * @param agentsReady agents who could take a customer now
     * @param agentsUncalled of those, the ones for whom no call is placed yet
     * @param callsUnassigned calls that are planned, ringing or answered without an agent, in this campaign and all that
     *     share an agent with it
     * @param linesPerAgent as configured
     * @param abandonsLeft how many more calls may be abandoned now under the tightest of the policies' terms
     */
    record Situation(
            int agentsSignedIn,
            int agentsReady,
            int agentsUncalled,
            int callsUnassigned,
            double linesPerAgent,
            double abandonsLeft) {}

    static Pacer of(DialMode mode) {
        return switch (mode) {
            case PROGRESSIVE -> new ProgressivePacer();
            case RATIO -> new RatioPacer();
        };
    }
}
