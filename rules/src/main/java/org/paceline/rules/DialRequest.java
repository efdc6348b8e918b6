package org.paceline.rules;

import org.jspecify.annotations.Nullable;

/**
 * Everything that a verdict depends on. The caller gathers the facts; the judge looks nothing up.
 *
 * @param number whom to call
 * @param atEpochMillis when, epoch milliseconds
 * @param callerId the caller ID to present, E.164 digits without {@code +}
 * @param history earlier attempts to the number, over all campaigns
 * @param optOut the do-not-call entry that covers the number now, or null
 * @param approval the campaign's approval
 * @param lead what is known of the lead
 * @param agentAttemptsToday attempts charged today to the agent whom this attempt would be charged to
 * @param agentReserved whether an agent is kept free for this very call
 * @param campaignAttemptsToday attempts of the campaign on the call centre's local day
 * @param budget how the campaign's budget stands
 * @param recordingPossible whether a recording started now could be written
 * @param script how the campaign's script stands
 */
public record DialRequest(
        PhoneNumber number,
        long atEpochMillis,
        long callerId,
        AttemptHistory history,
        @Nullable OptOut optOut,
        CampaignApproval approval,
        LeadFacts lead,
        int agentAttemptsToday,
        boolean agentReserved,
        int campaignAttemptsToday,
        BudgetFacts budget,
        boolean recordingPossible,
        ScriptState script) {
    /**
     * Begins a request of which only the number, the time and the campaign's approval are known; recordings can be
     * written.
     */
    public static Builder to(PhoneNumber number, long atEpochMillis, CampaignApproval approval) {
        return new Builder(number, atEpochMillis, approval);
    }

    /** Begins a request with the same facts at another moment; the facts may be changed. */
    public Builder at(long otherEpochMillis) {
        return new Builder(number, otherEpochMillis, approval)
                .callerId(callerId)
                .history(history)
                .optOut(optOut)
                .lead(lead)
                .agentAttemptsToday(agentAttemptsToday)
                .agentReserved(agentReserved)
                .campaignAttemptsToday(campaignAttemptsToday)
                .budget(budget)
                .recordingPossible(recordingPossible)
                .script(script);
    }

    /** Thread: one at a time. */
    public static final class Builder {
        private final PhoneNumber number;
        private final long atEpochMillis;
        private final CampaignApproval approval;
        private long callerId;
        private @Nullable AttemptHistory history;
        private @Nullable OptOut optOut;
        private LeadFacts lead = LeadFacts.UNKNOWN;
        private int agentAttemptsToday;
        private boolean agentReserved;
        private int campaignAttemptsToday;
        private BudgetFacts budget = BudgetFacts.FREE;
        private boolean recordingPossible = true;
        private ScriptState script = ScriptState.NONE;

        private Builder(PhoneNumber number, long atEpochMillis, CampaignApproval approval) {
            this.number = number;
            this.atEpochMillis = atEpochMillis;
            this.approval = approval;
        }

        public Builder callerId(long presented) {
            callerId = presented;
            return this;
        }

        public Builder history(AttemptHistory earlier) {
            history = earlier;
            return this;
        }

        public Builder optOut(@Nullable OptOut covering) {
            optOut = covering;
            return this;
        }

        public Builder lead(LeadFacts facts) {
            lead = facts;
            return this;
        }

        public Builder agentAttemptsToday(int attempts) {
            agentAttemptsToday = attempts;
            return this;
        }

        public Builder agentReserved(boolean reserved) {
            agentReserved = reserved;
            return this;
        }

        public Builder campaignAttemptsToday(int attempts) {
            campaignAttemptsToday = attempts;
            return this;
        }

        public Builder budget(BudgetFacts approval) {
            budget = approval;
            return this;
        }

        public Builder recordingPossible(boolean possible) {
            recordingPossible = possible;
            return this;
        }

        public Builder script(ScriptState state) {
            script = state;
            return this;
        }

        public DialRequest build() {
            return new DialRequest(
                    number,
                    atEpochMillis,
                    callerId,
                    history == null ? new AttemptHistory() : history,
                    optOut,
                    approval,
                    lead,
                    agentAttemptsToday,
                    agentReserved,
                    campaignAttemptsToday,
                    budget,
                    recordingPossible,
                    script);
        }
    }
}
