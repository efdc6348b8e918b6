package org.paceline.bench.pacing.oracle;

import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.CampaignId;

/**
 * What the lab knows of the day and no dialer does: what will be, and the laws that it is drawn by. Times are the day's
 * monotonic nanoseconds; chances are told for 1, 2, ... seconds from now.
 */
public interface Futures {
    /** There is no such call. */
    long NO_CALL = -1;

    /** When an agent who talks or wraps up will be free, {@link Long#MAX_VALUE} where that is not decided yet. */
    long freeAtNanos(AgentId agent);

    /** When somebody answers the call, unless it is given up before; {@link Long#MAX_VALUE} where nobody does. */
    long answersAtNanos(CallId call);

    /**
     * How long after its placement now the campaign's call would be answered that is placed after so many others,
     * nanoseconds; {@link Long#MAX_VALUE} where nobody would, {@link #NO_CALL} where no lead is left.
     */
    long nextAnswersAfterNanos(CampaignId campaign, int after);

    /** The true chances that an agent who is in that phase for so long is free. */
    void freeWithin(AgentId agent, ServiceLaw.Phase phase, double ageSeconds, double[] within);

    /** The true chances that a call that nobody has answered yet is. */
    void answersWithin(CallId call, double[] within);

    /**
     * The true chances that the campaign's call is answered that is placed after so many others.
     *
     * @return false where no lead is left
     */
    boolean nextAnswersWithin(CampaignId campaign, int after, double[] within);
}
