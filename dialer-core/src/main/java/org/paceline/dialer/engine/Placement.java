package org.paceline.dialer.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.Attempt;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.campaign.CampaignSettings;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.lead.Refusal;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.state.Campaign.Held;
import org.paceline.dialer.state.Pool;
import org.paceline.dialer.trunk.Trunk;
import org.paceline.rules.CapLimit;
import org.paceline.rules.DialRequest;
import org.paceline.rules.RuleBook;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/**
 * Places calls: asks the pacer how many, takes the next leads, asks the judge, and sends what is permitted to the journal.
 *
 * <p>Thread: engine only.
 */
final class Placement {
    /** How long a lead is kept whose number is on another call. */
    static final long HOLD_NANOS = 5_000_000_000L;

    /**
     * How much effort is made after one event, in leads looked at. A list full of refused numbers, or many calls to
     * place, goes on at the next event.
     */
    static final int EFFORT = 8;

    /** The effort while no events come. */
    static final int IDLE_EFFORT = 32;

    /** The effort that a placed call counts as. */
    static final int EFFORT_OF_CALL = 4;

    /** Leads taken into the books in one go, so that no event waits for a whole batch of them. */
    private static final int ADMIT_LIMIT = 16;

    /** Rules about the campaign, not the lead: when one of them refuses, the lead keeps its place. */
    private static final Set<RuleId> CAMPAIGN_RULES = EnumSet.of(
            RuleId.CAMPAIGN_APPROVAL,
            RuleId.CALLERID_ALLOTTED,
            RuleId.RECORD_REQUIRED,
            RuleId.SCRIPT_FIXED,
            RuleId.RECORD_NOTICE,
            RuleId.CAP_AGENT_DAY,
            RuleId.CAP_CAMPAIGN_DAY);

    private final EngineState state;
    private final EventContext context;
    private final CallBook calls;
    private final Billing billing;
    private final Judge judge;
    private final Callbacks callbacks;
    private final EngineSettings settings;
    private final TrunkTurns turns;
    private final LeadStock stock;
    private long nextCallId;
    private int effort;
    private boolean waits;

    Placement(
            EngineState state,
            EventContext context,
            CallBook calls,
            Billing billing,
            Judge judge,
            Callbacks callbacks,
            EngineSettings settings) {
        this.state = state;
        this.context = context;
        this.calls = calls;
        this.billing = billing;
        this.judge = judge;
        this.callbacks = callbacks;
        this.settings = settings;
        this.turns = new TrunkTurns(state, context);
        this.stock = new LeadStock(context, lead -> giveBack(lead, new LeadNext.Untouched()));
        this.nextCallId = settings.firstCallId();
    }

    /** Puts the campaigns that are to be paced in order, and adds those whose turn it is at a trunk. */
    void order(List<Campaign> reached) {
        turns.order(reached);
    }

    /**
     * @param most the most effort to make
     * @return the effort made
     */
    int pace(Campaign campaign, int most) {
        effort = 0;
        campaign.abandonments().advance(context.epochMillis());
        admit(campaign, ADMIT_LIMIT);
        boolean isStopped = isStopped(campaign);
        waits = false;
        Held held = Held.BY_NOTHING;
        if (!isStopped) {
            stock.refill(campaign);
            held = place(campaign, most);
        }
        stock.giveBackUnneeded(campaign, !isStopped || state.databaseFault() != null);
        turns.paced(campaign, waits);
        if (held == Held.BY_RESERVE && campaign.held() != Held.BY_RESERVE) {
            campaign.countRefusal(RuleId.CHANNELS_RESERVED); // judged at each event, counted once when it begins
        }
        campaign.paced(held);
        return effort;
    }

    /** Whether nothing may be placed, whatever there is to place; {@link IdleReasons} says the same in words. */
    private boolean isStopped(Campaign campaign) {
        if (state.draining()
                || campaign.removed()
                || !campaign.settings().approval().runsAt(context.epochMillis())
                || state.pauseOf(campaign.id()) != null
                || state.databaseFault() != null
                || isStoppedByRule(campaign)) {
            return true;
        }
        return campaign.pool().signedIn() == 0 || context.unstored() >= settings.maxUnstored();
    }

    private boolean isStoppedByRule(Campaign campaign) {
        Verdict.Refused stop = campaign.stop();
        if (stop == null) {
            return false;
        }
        if (context.epochMillis() < stop.retryAtEpochMillis()) {
            return true;
        }
        campaign.goesOn();
        return false;
    }

    private Held place(Campaign campaign, int most) {
        PacingView view = new PacingView(state, context, campaign);
        int asked = campaign.pacer().callsToPlace(view);
        campaign.pacer().callsToGiveUp(view).forEach(calls::giveUp);
        boolean isHeldBack =
                asked > view.trunkCapacity().calls() || campaign.pacer().isHeldBack();
        int wanted = Math.min(asked, view.trunkCapacity().calls());
        for (; wanted > 0 && effort < most; effort++) {
            Trunk trunk = state.trunks.withRoom(campaign.settings().trunks(), context.moment());
            if (trunk == null) {
                waits = true;
                return isHeldByReserve(campaign) ? Held.BY_RESERVE : Held.BY_NOTHING;
            }
            Callbacks.Chosen chosen = next(campaign);
            if (chosen == null) {
                return campaign.replenishment().listIsEmpty() ? Held.BY_LIST : Held.BY_NOTHING;
            }
            Lead lead = chosen.lead();
            if (state.numbers.onCall(lead.number().e164())) {
                campaign.list().hold(lead, context.nanos() + HOLD_NANOS);
            } else if (billing.isRatedElsewhere(campaign, lead, trunk)) {
                campaign.list().hold(lead, context.nanos() + HOLD_NANOS);
            } else if (judge(campaign, chosen, trunk)) {
                wanted--;
                effort += EFFORT_OF_CALL - 1;
            } else if (campaign.stop() != null) {
                return Held.BY_NOTHING;
            }
        }
        waits = isHeldBack
                && campaign.calls().live() < campaign.settings().pacing().maxLines();
        boolean hasRoom = !isHeldBack
                || wanted > 0
                || new PacingView(state, context, campaign).trunkCapacity().calls() > 0;
        if (hasRoom) {
            return Held.BY_NOTHING;
        }
        return isHeldByReserve(campaign) ? Held.BY_RESERVE : Held.BY_ROOM;
    }

    private boolean isHeldByReserve(Campaign campaign) {
        List<TrunkId> trunks = campaign.settings().trunks();
        return !state.trunks.takeCalls(trunks, context.moment()) && state.trunks.heldBack(trunks, context.moment());
    }

    /** Takes the next lead; promised calls come first. */
    private Callbacks.@Nullable Chosen next(Campaign campaign) {
        campaign.list().endHolds(context.nanos());
        Callbacks.Chosen promised = callbacks.next(campaign);
        if (promised != null) {
            return promised;
        }
        Lead lead = campaign.list().next(context.nanos());
        if (lead == null) {
            admit(campaign, ADMIT_LIMIT);
            lead = campaign.list().next(context.nanos());
        }
        return lead == null ? null : new Callbacks.Chosen(lead, null);
    }

    /** @return whether a call was placed; where not, the lead has gone where the verdict sent it */
    private boolean judge(Campaign campaign, Callbacks.Chosen chosen, Trunk trunk) {
        Lead lead = chosen.lead();
        Agent only = chosen.only();
        Agent agent = only == null ? nextAgent(campaign) : only;
        long callerId = campaign.settings().callerIds().choose(lead.number().e164(), campaign.placedSinceStart());
        DialRequest request = judge.request(campaign, lead, trunk, callerId, agent, only != null);
        RuleBook rules = campaign.settings().rules();
        Verdict verdict = rules.judge(request);
        Agent keptFree = only == null && wantsAgentKeptFree(verdict) ? keepable(campaign) : only;
        if (keptFree != only && keptFree != null) {
            request = judge.request(campaign, lead, trunk, callerId, keptFree, true);
            verdict = rules.judge(request);
        }
        return switch (verdict) {
            case Verdict.Permitted permitted -> {
                List<CapLimit> caps = rules.capLimits(request);
                place(campaign, lead, trunk, callerId, caps, permitted, placedFor(campaign, agent, keptFree));
                yield true;
            }
            case Verdict.Refused refused -> {
                refuse(campaign, lead, refused);
                yield false;
            }
        };
    }

    /** Returns the agent that the attempt is for; in progressive mode it is charged to that agent at once. */
    private @Nullable Agent nextAgent(Campaign campaign) {
        Pool pool = campaign.pool();
        return switch (campaign.settings().pacing().mode()) {
            case PROGRESSIVE -> pool.longestIdleUncalled();
            case RATIO, PREDICTIVE -> pool.longestIdle();
        };
    }

    /**
     * Whether the verdict asks for an agent whom no other customer gets: a number whose last call was abandoned may be
     * called again only so.
     */
    private static boolean wantsAgentKeptFree(Verdict verdict) {
        return verdict instanceof Verdict.Refused refused && refused.rule() == RuleId.GAP_ABANDONED;
    }

    private static @Nullable PlacedFor placedFor(Campaign campaign, @Nullable Agent agent, @Nullable Agent keptFree) {
        if (keptFree != null) {
            return new PlacedFor(keptFree, true);
        }
        boolean hasOneEach = campaign.settings().pacing().mode() == DialMode.PROGRESSIVE;
        return agent != null && hasOneEach ? new PlacedFor(agent, false) : null;
    }

    /** Returns an agent whom no ringing call is counting on, or null. */
    private @Nullable Agent keepable(Campaign campaign) {
        Pool pool = campaign.pool();
        return switch (campaign.settings().pacing().mode()) {
            case PROGRESSIVE -> pool.longestIdleUncalled();
            case RATIO, PREDICTIVE -> pool.linesInUseHereAndShared() < pool.ready() ? pool.longestIdleUncalled() : null;
        };
    }

    /** @param isKeptFree whether no other customer gets the agent before the call is over */
    private record PlacedFor(Agent agent, boolean isKeptFree) {}

    private void place(
            Campaign campaign,
            Lead lead,
            Trunk trunk,
            long callerId,
            List<CapLimit> caps,
            Verdict.Permitted permitted,
            @Nullable PlacedFor placedFor) {
        CampaignSettings chosen = campaign.settings();
        CallId id = new CallId(nextCallId++);
        DialOrder order = new DialOrder(
                lead.number(),
                trunk.settings().id(),
                callerId,
                chosen.ringLimitMillis(),
                chosen.rules().isGreetingAwaited(),
                permitted.recording(),
                chosen.recordingNotice(),
                campaign.id());
        Attempt attempt = new Attempt(
                id,
                lead.id(),
                order,
                caps,
                billing.reserve(campaign, lead, trunk),
                placedFor == null ? null : placedFor.agent.id(),
                context.moment(),
                context.nanos() + settings.staleAfterMillis() * 1_000_000);
        campaign.places(id.value(), context.day());
        trunk.take(id);
        turns.placed(campaign);
        if (placedFor != null) {
            placedFor.agent.expects(id, placedFor.isKeptFree);
            placedFor.agent.load().charge(context.day(), 1);
        }
        calls.begin(new Call(attempt, lead, campaign));
    }

    void refuse(Campaign campaign, Lead lead, Verdict.Refused refused) {
        if (stopsCampaign(campaign, refused)) {
            if (campaign.stop() == null) {
                campaign.countRefusal(refused);
            }
            campaign.stops(refused);
            campaign.list().putBack(lead);
            return;
        }
        campaign.countRefusal(refused);
        Refusal refusal = new Refusal(refused, context.epochMillis());
        giveBack(
                lead,
                refusal.isForGood()
                        ? new LeadNext.RefusedForGood(refusal)
                        : new LeadNext.RetryAt(refused.retryAtEpochMillis(), refusal));
    }

    /** Whether the refusal stops the whole campaign; money that is short for one number may be enough for others. */
    private boolean stopsCampaign(Campaign campaign, Verdict.Refused refused) {
        return refused.rule() == RuleId.BUDGET_MONTH
                ? refused.retryAtEpochMillis() != Verdict.Refused.NEVER && !billing.paysForCheapest(campaign)
                : CAMPAIGN_RULES.contains(refused.rule());
    }

    private void admit(Campaign campaign, int most) {
        for (int left = most; left > 0; left--) {
            Lead lead = campaign.list().pollArrived();
            if (lead == null) {
                return;
            }
            state.numbers.hold(lead.number().e164(), lead.history());
            campaign.list().add(lead);
        }
    }

    /** Sends all leads of a campaign back to the database. */
    void giveBackAll(Campaign campaign) {
        admit(campaign, Integer.MAX_VALUE);
        campaign.list().drain().forEach(lead -> giveBack(lead, new LeadNext.Untouched()));
    }

    void giveBack(Lead lead, LeadNext next) {
        state.numbers.release(lead.number().e164());
        context.emit(new Effect.LeadSettled(lead.id(), next));
    }

    void on(Event.LeadsArrived event) {
        Campaign campaign = state.campaigns.get(event.campaign());
        if (campaign == null || campaign.removed() || state.draining()) {
            LeadNext unchanged = new LeadNext.Untouched();
            event.leads().forEach(lead -> context.emit(new Effect.LeadSettled(lead.id(), unchanged)));
            return;
        }
        campaign.list().arrive(event.leads());
        campaign.replenishment()
                .answered(event.leads().size(), event.nextDueEpochMillis(), context.nanos(), context.epochMillis());
        campaign.replenishment().heldElsewhere(event.heldElsewhere());
        context.touch(campaign.id());
    }
}
