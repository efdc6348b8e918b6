package org.paceline.bench.pacing.oracle;

import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;

/**
 * Facts that the lab knows of the day and no dialer does: the future, and the laws that it is drawn by. Times are the
 * day's monotonic nanoseconds; chances are told for 1, 2, ... seconds from now.
 */
public interface Futures {
    /** Returned where there is no such call. */
    long NO_CALL = -1;

    /**
     * Returns when an agent who talks or wraps up will be free, {@link Long#MAX_VALUE} where that is not decided yet.
     */
    long freeAtNanos(AgentId agent);

    /**
     * Returns when somebody answers the call, unless it is given up before; {@link Long#MAX_VALUE} where nobody does.
     */
    long answersAtNanos(CallId call);

    /**
     * Returns how long after its placement the campaign's call that is placed now, after so many others, would be
     * answered, nanoseconds; {@link Long#MAX_VALUE} where nobody would answer, {@link #NO_CALL} where no lead is left.
     */
    long nextAnswersAfterNanos(CampaignId campaign, int after);

    /** Computes the true chances to become free of an agent who has been in that phase for that long. */
    void freeWithin(AgentId agent, ServiceLaw.Phase phase, double ageSeconds, double[] within);

    /** Computes the true chances to be answered of a call that nobody has answered yet. */
    void answersWithin(CallId call, double[] within);

    /**
     * Computes the true chances to be answered of the campaign's call that is placed after so many others.
     *
     * @return false where no lead is left
     */
    boolean nextAnswersWithin(CampaignId campaign, int after, double[] within);
}
