package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.campaign.Script;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.trunk.Trunk;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.DialRequest;
import org.paceline.rules.ScriptState;
import org.paceline.rules.Verdict;

/**
 * Gathers what a campaign's rule book must know of a dial: before the dial is planned, and once more before it is sent.
 *
 * <p>Thread: engine only.
 */
final class Judge {
    private final EngineState state;
    private final EventContext context;
    private final Billing billing;

    Judge(EngineState state, EventContext context, Billing billing) {
        this.state = state;
        this.context = context;
        this.billing = billing;
    }

    /**
     * Makes the request for a dial that is to be planned.
     *
     * @param callerId the caller ID that it would present
     * @param agent whose day it would count against, or null
     * @param reserved whether no other customer gets that agent
     */
    DialRequest request(
            Campaign campaign, Lead lead, Trunk trunk, long callerId, @Nullable Agent agent, boolean reserved) {
        int attempts = agent == null ? 0 : agent.load().chargedOn(context.day());
        return request(
                campaign,
                lead,
                callerId,
                new Counted(
                        attempts, reserved, campaign.placedOn(context.day()), billing.facts(campaign, lead, trunk)));
    }

    /**
     * Returns the verdict that a planned call would get if it were planned now; what the call itself added to any count
     * is left out.
     */
    Verdict again(Call call, Trunk trunk, @Nullable Agent chargedTo) {
        Campaign campaign = call.campaign();
        int own = context.dayOf(call.attempt().plannedAt()) == context.day() ? 1 : 0;
        Agent agent = chargedTo == null ? campaign.pool().longestIdle() : chargedTo;
        int attempts = agent == null ? 0 : agent.load().chargedOn(context.day()) - (chargedTo == null ? 0 : own);
        boolean reserved = chargedTo != null && chargedTo.isKeptFree();
        return campaign.settings()
                .rules()
                .judge(request(
                        campaign,
                        call.lead(),
                        call.attempt().order().callerId(),
                        new Counted(
                                Math.max(0, attempts),
                                reserved,
                                Math.max(0, campaign.placedOn(context.day()) - own),
                                billing.factsBeside(call, trunk))));
    }

    private record Counted(int agentAttempts, boolean agentReserved, int campaignAttempts, BudgetFacts budget) {}

    private DialRequest request(Campaign campaign, Lead lead, long callerId, Counted counted) {
        long number = lead.number().e164();
        return DialRequest.to(
                        lead.number(),
                        context.epochMillis(),
                        campaign.settings().approval())
                .callerId(callerId)
                .history(state.numbers.history(number))
                .optOut(state.numbers.optOutOf(number, campaign.id(), context.epochMillis()))
                .lead(lead.facts())
                .agentAttemptsToday(counted.agentAttempts)
                .agentReserved(counted.agentReserved)
                .campaignAttemptsToday(counted.campaignAttempts)
                .budget(counted.budget)
                .script(scriptState(campaign.settings().script()))
                .recordingPossible(state.recorderFault() == null)
                .build();
    }

    private static ScriptState scriptState(@Nullable Script script) {
        return script == null ? ScriptState.NONE : script.state();
    }
}
