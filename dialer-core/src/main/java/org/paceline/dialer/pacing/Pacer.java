package org.paceline.dialer.pacing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;

/**
 * Decides how many calls to place now; one implementation a dial mode.
 *
 * <p>Thread: engine only.
 */
public interface Pacer {

    /**
     * How many calls to place now. Limits of trunks and lines need not be kept to, nor those of rules. With no agent signed in it is not asked. It
     * is asked after every event of the campaign and each few milliseconds, and again where not all could be placed.
     */
    int callsToPlace(Situation situation);

    /** Whether it would place more calls than it asked for, had it {@link Situation#room}. */
    default boolean isHeldBack() {
        return false;
    }

    /** Which ringing calls to give up now, as there would be no agent for them; asked after {@link #callsToPlace}. */
    default List<CallId> callsToGiveUp(Situation situation) {
        return List.of();
    }

    /**
     * Whether a planned call, counted in what the situation says, is still wanted; asked of calls that were recorded late, just
     * before they are sent.
     */
    default boolean stillWants(Situation situation) {
        return true;
    }

    /** A customer answered. */
    default void answered(AbandonmentBooks after) {}

    /**
     * The risk that its campaign's own limits let one more call have, 0 to 1; 0 where calls may be placed only for free agents, 1
     * where it keeps to no risk.
     */
    default double price() {
        return 1;
    }

    /** What it goes by, for people, or null where there is nothing to tell. */
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

    /** Equal risk with debt control, by what that outlook believes: the production mode's is {@link Outlook#LEARNED}. */
    static Pacer predictive(Outlook outlook) {
        return new PredictivePacer(outlook);
    }
}
