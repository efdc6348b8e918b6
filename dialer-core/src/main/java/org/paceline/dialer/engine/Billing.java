package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.budget.Account;
import org.paceline.dialer.budget.CallCost;
import org.paceline.dialer.budget.Reservation;
import org.paceline.dialer.budget.Spent;
import org.paceline.dialer.budget.Tariff;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.Lead;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.time.LocalMonths;
import org.paceline.dialer.trunk.Trunk;
import org.paceline.rules.Budget;
import org.paceline.rules.BudgetFacts;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/**
 * Reserves what an attempt may cost when it is planned, and settles what it did cost when it ends.
 *
 * <p>Thread: engine only.
 */
final class Billing {

    /** Stands for a call that was not answered. */
    static final long NOT_ANSWERED = -1;

    /**
     * How long the campaign rests before the database is asked again: the store may be about to free money that the
     * database still counts as reserved.
     */
    private static final long ASK_AGAIN_MILLIS = 30_000;

    private final EngineState state;
    private final EventContext context;
    private final LocalMonths months;

    Billing(EngineState state, EventContext context, LocalMonths months) {
        this.state = state;
        this.context = context;
        this.months = months;
    }

    /** Returns how the campaign's budget stands for an attempt over that trunk. */
    BudgetFacts facts(Campaign campaign, Lead lead, Trunk trunk) {
        Budget budget = campaign.settings().budget();
        Tariff.Rate rate = rate(lead, trunk);
        if (rate == null && !budget.isLimited()) {
            return BudgetFacts.FREE;
        }
        int month = months.monthOf(context.epochMillis());
        Account account = state.account(budget.holder());
        return new BudgetFacts(
                rate == null ? BudgetFacts.NO_RATE : rate.costMicros(budget.reserveMillis()),
                account.spentMicros(month),
                account.reservedMicros(month));
    }

    /** Returns the same for a planned call, leaving out that call's own reservation. */
    BudgetFacts factsBeside(Call call, Trunk trunk) {
        BudgetFacts facts = facts(call.campaign(), call.lead(), trunk);
        Reservation own = call.attempt().reservation();
        return own == null || own.month() != months.monthOf(context.epochMillis())
                ? facts
                : new BudgetFacts(facts.priceMicros(), facts.spentMicros(), facts.reservedMicros() - own.micros());
    }

    /**
     * Whether another trunk of the campaign has a rate for the number, so that the lead need only wait for that trunk.
     */
    boolean isRatedElsewhere(Campaign campaign, Lead lead, Trunk trunk) {
        if (!campaign.settings().budget().isLimited() || rate(lead, trunk) != null) {
            return false;
        }
        for (TrunkId id : campaign.settings().trunks()) {
            Trunk other = state.trunks.find(id);
            if (other != null && rate(lead, other) != null) {
                return true;
            }
        }
        return false;
    }

    private static Tariff.@Nullable Rate rate(Lead lead, Trunk trunk) {
        Tariff tariff = trunk.settings().tariff();
        return tariff == null ? null : tariff.rate(lead.number().e164());
    }

    /** Whether the money left pays for the cheapest call that the campaign's trunks can make. */
    boolean paysForCheapest(Campaign campaign) {
        Budget budget = campaign.settings().budget();
        long cheapest = Long.MAX_VALUE;
        for (TrunkId id : campaign.settings().trunks()) {
            Trunk trunk = state.trunks.find(id);
            Tariff tariff = trunk == null ? null : trunk.settings().tariff();
            if (tariff != null) {
                for (Tariff.Rate rate : tariff.rates().values()) {
                    cheapest = Math.min(cheapest, rate.costMicros(budget.reserveMillis()));
                }
            }
        }
        int month = months.monthOf(context.epochMillis());
        Account account = state.account(budget.holder());
        return cheapest <= budget.limitMicros() - account.spentMicros(month) - account.reservedMicros(month);
    }

    /** Sets aside the money for a permitted attempt; returns null where no tariff says what it costs. */
    @Nullable
    Reservation reserve(Campaign campaign, Lead lead, Trunk trunk) {
        Tariff.Rate rate = rate(lead, trunk);
        if (rate == null) {
            return null;
        }
        Budget budget = campaign.settings().budget();
        Reservation reservation = new Reservation(
                budget.holder(),
                months.monthOf(context.epochMillis()),
                rate.costMicros(budget.reserveMillis()),
                budget.limitMicros(),
                rate);
        state.account(budget.holder()).reserve(reservation);
        return reservation;
    }

    /** Releases the money of an attempt that was not made. */
    void release(Call call) {
        Reservation reservation = call.attempt().reservation();
        if (reservation != null) {
            state.account(reservation.holder()).release(reservation);
            goOn(reservation.holder());
        }
    }

    /**
     * Settles the final cost of an ended call and returns it; null where no tariff says.
     *
     * @param answeredMillis from the answer to the end, or {@link #NOT_ANSWERED}
     */
    @Nullable
    CallCost settle(Call call, long answeredMillis) {
        Reservation reservation = call.attempt().reservation();
        if (reservation == null) {
            return null;
        }
        CallCost cost = new CallCost(
                reservation.holder(),
                reservation.month(),
                reservation.micros(),
                answeredMillis == NOT_ANSWERED ? 0 : reservation.rate().costMicros(answeredMillis));
        state.account(cost.holder()).settle(cost);
        goOn(cost.holder());
        return cost;
    }

    /**
     * Handles a refusal by the database, which has less money left than we thought: the campaign rests, because calls
     * may have to end first.
     */
    void refused(Campaign campaign, @Nullable Spent spentElsewhere) {
        if (spentElsewhere != null) {
            state.account(spentElsewhere.holder()).elsewhere(spentElsewhere);
        }
        Verdict.Refused refusal = new Verdict.Refused(
                RuleId.BUDGET_MONTH,
                "the database has no more left of the month's budget",
                campaign.settings().budget().citation(),
                context.epochMillis() + ASK_AGAIN_MILLIS);
        campaign.countRefusal(refusal);
        campaign.stops(refusal);
    }

    void on(Event.SpentElsewhere event) {
        state.account(event.spent().holder()).elsewhere(event.spent());
        goOn(event.spent().holder());
    }

    /** Judges again the campaigns that were stopped because this money ran out. */
    private void goOn(String holder) {
        for (Campaign campaign : state.campaigns.values()) {
            Verdict.Refused stop = campaign.stop();
            if (stop != null
                    && stop.rule() == RuleId.BUDGET_MONTH
                    && campaign.settings().budget().holder().equals(holder)) {
                campaign.goesOn();
                context.touch(campaign.id());
            }
        }
    }
}
