package org.paceline.dialer.pacing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.forecast.CallForecast;
import org.paceline.dialer.forecast.ServiceLaw;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.lead.LeadGroup;
import org.paceline.dialer.trunk.TrunkCapacity;

/**
 * What a pacer sees of its campaign. Campaigns that share an agent see each other's calls.
 *
 * <p>Thread: engine only, during one call of the pacer.
 */
public interface Situation {
    /** Monotonic. */
    long nowNanos();

    /** The one that is paced. */
    CampaignId campaign();

    PacingSettings settings();

    /** What policies say of abandoned calls, and what was answered and abandoned under each. */
    AbandonmentBooks abandonments();

    /** Agents of the campaign, whatever they do. */
    int agentsSignedIn();

    /** Agents who could take a customer now. */
    int agentsReady();

    /** Of those, the ones for whom no call is placed yet. */
    int agentsUncalled();

    /** Tells of the campaign's agents who talk or wrap up and will take the next customer after that. */
    void busyAgents(BusyAgents visitor);

    /** Mean time of a customer of the campaign with an agent, wrap-up included, seconds. */
    double meanServiceSeconds();

    /** Calls that are planned, ringing or answered without an agent, in this campaign and all that share an agent with it. */
    int callsUnassigned();

    /** Of those, the answered ones. */
    int callsWaiting();

    /** What is to be expected of the campaign's own calls. */
    CallForecast calls();

    /** The same of the campaigns that share an agent with it. */
    List<CallForecast> callsOfSharing();

    /**
     * The lowest {@link Pacer#price} of the campaigns that share an agent with it and have calls ringing; 1 where there are
     * none.
     */
    default double lowestPriceOfSharing() {
        return 1;
    }

    /** What the campaign's trunks take, and no more than there are RTP ports, the journal records, and its {@code maxLines} allow. */
    default TrunkCapacity room() {
        return TrunkCapacity.UNLIMITED;
    }

    /** Which of them leaves {@link #room} for no more calls, one line for people. */
    default String roomLimit() {
        return "trunks take no more calls";
    }

    /**
     * Chooses the record that will be dialled after so many others, among those whose turn it may be: the one that is most, or
     * least, likely to answer.
     *
     * @return what is known of it, or null where there is none yet
     */
    @Nullable
    LeadGroup choose(int after, boolean likeliest);

    /** Takes agents one by one. */
    @FunctionalInterface
    interface BusyAgents {
        /** @param law how long such phases last */
        void agent(AgentId id, ServiceLaw law, ServiceLaw.Phase phase, long sinceNanos);
    }
}
