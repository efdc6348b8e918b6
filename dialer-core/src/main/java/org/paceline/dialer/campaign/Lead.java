package org.paceline.dialer.campaign;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.AttemptHistory;
import org.paceline.rules.LeadFacts;
import org.paceline.rules.PhoneNumber;

/**
 * A lead leased to this node.
 *
 * @param attempts how many attempts it had; another campaign's to the same number do not count here
 * @param history earlier attempts to its number over all campaigns, as far back as the rule books look
 */
public record Lead(
        LeadId id, CampaignId campaign, PhoneNumber number, int attempts, LeadTraits traits, AttemptHistory history) {

    /** What rules need to know of it. */
    public LeadFacts facts() {
        return new LeadFacts(traits.named(), traits.grade(), attempts, traits.consentEpochMillis());
    }

    public LeadKind kind() {
        return traits.callback() == null ? traits.kind() : LeadKind.FOLLOW_UP;
    }

    /** The call that was promised to it, or null. */
    public @Nullable Callback callback() {
        return traits.callback();
    }

    /** Attempts that count against the retry plan: those since a call was promised. */
    public int tries() {
        Callback callback = traits.callback();
        return callback == null ? attempts : Math.max(0, attempts - callback.attemptsBefore());
    }
}
