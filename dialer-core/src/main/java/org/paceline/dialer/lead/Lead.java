package org.paceline.dialer.lead;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.dialer.id.LeadId;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.PhoneNumber;

/**
 * A lead leased to this node.
 *
 * @param attempts how many attempts it had; another campaign's to the same number do not count here
 * @param faults how many of them ended by the trunk's or our doing
 * @param history earlier attempts to its number over all campaigns, as far back as the rule books look
 */
public record Lead(
        LeadId id,
        CampaignId campaign,
        PhoneNumber number,
        int attempts,
        int faults,
        LeadTraits traits,
        AttemptHistory history) {

    public Lead {
        if (faults < 0 || faults > attempts) {
            throw new IllegalArgumentException("faults=" + faults + ": must be from 0 to attempts=" + attempts);
        }
    }

    /** A lead whose attempts all ended by the callee's doing. */
    public Lead(
            LeadId id,
            CampaignId campaign,
            PhoneNumber number,
            int attempts,
            LeadTraits traits,
            AttemptHistory history) {
        this(id, campaign, number, attempts, 0, traits, history);
    }

    /** Returns what the rules need to know of the lead. */
    public LeadFacts facts() {
        return new LeadFacts(traits.named(), traits.grade(), attempts, traits.consentEpochMillis());
    }

    public LeadKind kind() {
        return traits.callback() == null ? traits.kind() : LeadKind.FOLLOW_UP;
    }

    /** The call that was promised to the lead, or null. */
    public @Nullable Callback callback() {
        return traits.callback();
    }

    /** Attempts that ended by the callee's doing. */
    public int calleeEnds() {
        return attempts - faults;
    }

    /**
     * Attempts that count against the retry plan: those that ended by the callee's doing, since a call was promised.
     */
    public int tries() {
        Callback callback = traits.callback();
        return callback == null ? calleeEnds() : Math.max(0, calleeEnds() - callback.attemptsBefore());
    }
}
