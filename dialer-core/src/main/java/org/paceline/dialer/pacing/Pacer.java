package org.paceline.dialer.pacing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;

/**
 * Decides how many calls to place now; one implementation for each dial mode.
 *
 * <p>Thread: engine only.
 */
public interface Pacer {

    /**
     * Returns how many calls to place now. It need not observe the limits of trunks, lines and rules. It is asked after
     * every event of the campaign and every few milliseconds, and again where not all calls could be placed; it is not
     * asked while no agent is signed in.
     */
    int callsToPlace(Situation situation);

    /** Whether the pacer would place more calls than it asked for if it had {@link Situation#trunkCapacity}. */
    default boolean isHeldBack() {
        return false;
    }

    /**
     * Returns the ringing calls to give up now because there would be no agent for them; asked after {@link
     * #callsToPlace}.
     */
    default List<CallId> callsToGiveUp(Situation situation) {
        return List.of();
    }

    /**
     * Whether a planned call, which the situation already counts, is still wanted. This is asked just before sending
     * calls that were stored late.
     */
    default boolean stillWants(Situation situation) {
        return true;
    }

    /** Takes note that a customer answered. */
    default void answered(AbandonmentBooks after) {}

    /**
     * The risk that the campaign's own limits allow one more call to have, 0 to 1; 0 where calls may be placed only for
     * free agents, 1 where the pacer does not go by risk.
     */
    default double price() {
        return 1;
    }

    /** What the pacer bases its decision on, for people; null where there is nothing to tell. */
    default @Nullable PacingState state() {
        return null;
    }

    static Pacer of(DialMode mode) {
        return switch (mode) {
            case PROGRESSIVE -> new ProgressivePacer();
            case RATIO -> new RatioPacer();
            case PREDICTIVE -> predictive(Outlook.LEARNED);
        };
    }

    /**
     * Makes a pacer of equal risk with debt control that uses that outlook; the production mode's outlook is {@link
     * Outlook#LEARNED}.
     */
    static Pacer predictive(Outlook outlook) {
        return new PredictivePacer(outlook);
    }
}
