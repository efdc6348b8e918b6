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
 * The view that a pacer has of its campaign. Campaigns that share an agent see each other's calls.
 *
 * <p>Thread: engine only, during one call of the pacer.
 */
public interface Situation {
    /** The time, monotonic nanoseconds. */
    long nowNanos();

    /** The campaign that is paced. */
    CampaignId campaign();

    PacingSettings settings();

    /** The policies' terms on abandoned calls, and the calls answered and abandoned under each. */
    AbandonmentBooks abandonments();

    /** Agents of the campaign, whatever they do. */
    int agentsSignedIn();

    /** Agents who could take a customer now. */
    int agentsReady();

    /** How many of the ready agents have no call placed for them yet. */
    int agentsUncalled();

    /** Visits the campaign's agents who talk or wrap up and will take another customer after that. */
    void busyAgents(BusyAgents visitor);

    /** The mean time of a customer of the campaign with an agent, wrap-up included, seconds. */
    double meanServiceSeconds();

    /** Calls that are planned, ringing or answered without an agent, in this campaign and all that share an agent with it. */
    int callsUnassigned();

    /** How many of these are answered. */
    int callsWaiting();

    /** The forecast for the campaign's own calls. */
    CallForecast calls();

    /** The forecasts of the campaigns that share an agent with it. */
    List<CallForecast> callsOfSharing();

    /**
     * The lowest {@link Pacer#price} of the campaigns that share an agent with it and have calls ringing; 1 where there are
     * none.
     */
    default double lowestPriceOfSharing() {
        return 1;
    }

    /**
     * How many calls the campaign's trunks take, and no more than RTP ports, the journal and its {@code maxLines}
     * allow.
     */
    default TrunkCapacity trunkCapacity() {
        return TrunkCapacity.UNLIMITED;
    }

    /** Returns which of these limits leaves {@link #trunkCapacity} for no more calls, one line for people. */
    default String capacityLimit() {
        return "trunks take no more calls";
    }

    /**
     * Chooses the lead that will be dialled after so many others. Among those whose turn it may be, it is the one
     * that is most likely to answer, or least.
     *
     * @return what is known of the lead, or null where there is none yet
     */
    @Nullable
    LeadGroup choose(int after, boolean likeliest);

    /** Takes busy agents, one by one. */
    @FunctionalInterface
    interface BusyAgents {
        /** @param law how long talks and wrap-ups last */
        void agent(AgentId id, ServiceLaw law, ServiceLaw.Phase phase, long sinceNanos);
    }
}
