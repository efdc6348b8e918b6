package org.paceline.dialer.engine;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.call.DialOrder;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.TrunkId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.state.Campaign;
import org.paceline.dialer.trunk.Trunk;
import org.paceline.rules.OptOut;
import org.paceline.rules.RuleId;
import org.paceline.rules.Verdict;

/**
 * Stored attempts on their way to the network. While one was stored, its agent may have left, its number may have
 * been listed, its trunk may have gone down: so each is judged once more, waits for its trunk's rate, and is dialled or
 * taken back. An attempt that is taken back does not count as one (ADR 14).
 *
 * <p>Thread: engine only.
 */
final class Departures {
    /** How long a number is held back before the entry that says so has come from the database. */
    private static final long STAND_IN_MILLIS = 60_000;

    private final EngineState state;
    private final EventContext context;
    private final CallBook calls;
    private final Placement placement;
    private final Judge judge;
    private final Billing billing;
    private final Map<TrunkId, ArrayDeque<Call>> waiting = new LinkedHashMap<>();

    Departures(
            EngineState state,
            EventContext context,
            CallBook calls,
            Placement placement,
            Judge judge,
            Billing billing) {
        this.state = state;
        this.context = context;
        this.calls = calls;
        this.placement = placement;
        this.judge = judge;
        this.billing = billing;
    }

    void on(Event.AttemptsJournaled event) {
        state.journal.took(event.tookNanos());
        state.journal.journaled(event.calls().size());
        for (CallId id : event.calls()) {
            Call call = state.calls.get(id);
            if (call != null) {
                TrunkId trunk = call.attempt().order().trunk();
                waiting.computeIfAbsent(trunk, _ -> new ArrayDeque<>()).addLast(call);
            }
        }
    }

    /** Handles a refusal by the database, which knows better: the lead is judged again with what the database knows. */
    void on(Event.AttemptRefused event) {
        state.journal.journaled(1);
        Call call = calls.find(event.call(), event);
        if (call == null) {
            return;
        }
        calls.withdraw(call);
        Campaign campaign = call.campaign();
        Agent charged = calls.chargedAgent(call);
        if (charged != null && event.rule() == RuleId.CAP_AGENT_DAY) {
            charged.load().isFull(context.day());
        }
        state.numbers.learn(call.lead().number().e164(), event.attemptsEpochMillis());
        switch (event.rule()) {
            case IN_FLIGHT -> campaign.list().hold(call.lead(), context.nanos() + Placement.HOLD_NANOS);
            case OPTOUT -> holdBack(call, OptOut.Kind.REQUEST);
            case COMPLAINT -> holdBack(call, OptOut.Kind.COMPLAINT);
            case CAP_CAMPAIGN_DAY -> {
                campaign.dayIsFull(context.day());
                campaign.list().putBack(call.lead());
            }
            case BUDGET_MONTH -> {
                billing.refused(campaign, event.spentElsewhere());
                campaign.list().putBack(call.lead());
            }
            case CAP_AGENT_DAY,
                    CAP_NUMBER_DAY,
                    CAP_NUMBER_CAMPAIGN,
                    GAP_NUMBER,
                    GAP_CONVERSATION,
                    GAP_REFUSAL,
                    GAP_ABANDONED,
                    WINDOW_WORKDAY,
                    WINDOW_SESSION,
                    WINDOW_QUIET,
                    WINDOW_HOLIDAY,
                    CONSENT,
                    CALLERID_ALLOTTED,
                    CAMPAIGN_APPROVAL,
                    SCRIPT_FIXED,
                    PREFIX_BLOCKED,
                    CLASS_OF_SERVICE,
                    LIST_SCREENED,
                    LEAD_GRADE,
                    RECORD_REQUIRED,
                    RECORD_NOTICE,
                    POLICY_NONE,
                    CHANNELS_RESERVED -> campaign.list().putBack(call.lead());
        }
    }

    /**
     * Holds the number back with a provisional entry, until the entry itself, which names its source and expiry, has
     * come from the database.
     */
    private void holdBack(Call call, OptOut.Kind kind) {
        long until = context.epochMillis() + STAND_IN_MILLIS;
        state.numbers.optOut(
                call.lead().number().e164(),
                new OptOut("database", call.campaign().id().value(), until, kind));
        call.campaign().list().putBack(call.lead());
    }

    /** Handles a call that the network could not send. */
    void on(Event.CallNotSent event) {
        Call call = calls.find(event.call(), event);
        if (call == null) {
            return;
        }
        if (call.state().isAnswered()) {
            state.countUnexpected(call.state(), event);
            return;
        }
        Trunk trunk = state.trunks.find(call.attempt().order().trunk());
        switch (event.why()) {
            case NO_RTP_PORT -> state.ports.failed(context.nanos());
            case NO_ADDRESS, SEND_FAILED -> {
                if (trunk != null) {
                    trunk.sendFailed(
                            event.why() == NotSent.NO_ADDRESS
                                    ? "its host has no address"
                                    : "an INVITE could not be sent",
                            context.moment());
                }
            }
            case TRUNK_DOWN, RULE, CAMPAIGN, NO_AGENT, TOO_LATE, DRAINING, CANCELLED -> {}
        }
        takeBack(call, event.why(), null);
    }

    /** Sends off the stored calls that may go now, the longest stored first. */
    void depart() {
        if (waiting.isEmpty()) {
            return;
        }
        for (Iterator<Map.Entry<TrunkId, ArrayDeque<Call>>> of =
                        waiting.entrySet().iterator();
                of.hasNext(); ) {
            Map.Entry<TrunkId, ArrayDeque<Call>> entry = of.next();
            ArrayDeque<Call> queue = entry.getValue();
            Trunk trunk = state.trunks.find(entry.getKey());
            while (!queue.isEmpty() && (trunk == null || trunk.maySend(context.moment()))) {
                depart(queue.removeFirst(), trunk);
            }
            if (queue.isEmpty()) {
                of.remove();
            }
        }
    }

    private void depart(Call call, @Nullable Trunk trunk) {
        if (call.state() != CallState.PLANNED || state.calls.get(call.id()) != call) {
            return;
        }
        if (trunk == null || trunk.isDownFor(call.id(), context.moment())) {
            takeBack(call, NotSent.TRUNK_DOWN, null);
            return;
        }
        NotSent obstacle = obstacle(call);
        if (obstacle != null) {
            takeBack(call, obstacle, null);
            return;
        }
        switch (judge.again(call, trunk, calls.chargedAgent(call))) {
            case Verdict.Permitted _ -> {
                trunk.sent();
                calls.dial(call);
            }
            case Verdict.Refused refused -> takeBack(call, NotSent.RULE, refused);
        }
    }

    private @Nullable NotSent obstacle(Call call) {
        Campaign campaign = call.campaign();
        DialOrder order = call.attempt().order();
        if (state.draining()) {
            return NotSent.DRAINING;
        }
        if (campaign.removed()
                || state.pauseOf(campaign.id()) != null
                || call.decided() != null
                || !campaign.settings().callerIds().contains(order.callerId())
                || !campaign.settings().trunks().contains(order.trunk())) {
            return NotSent.CAMPAIGN;
        }
        if (!hasAgent(call)) {
            return NotSent.NO_AGENT;
        }
        boolean isLate = context.nanos() - call.attempt().staleAfterNanos() > 0;
        return isLate && !campaign.pacer().stillWants(new PacingView(state, context, campaign))
                ? NotSent.TOO_LATE
                : null;
    }

    private boolean hasAgent(Call call) {
        if (call.attempt().chargedTo() == null) {
            return call.campaign().pool().takesCustomers();
        }
        Agent agent = calls.chargedAgent(call);
        return agent != null
                && agent.state() == AgentState.READY
                && call.id().equals(agent.expecting())
                && agent.serves().contains(call.campaign().id());
    }

    /** Undoes everything that the plan did; what is stored says why. */
    private void takeBack(Call call, NotSent why, Verdict.@Nullable Refused refused) {
        Campaign campaign = call.campaign();
        context.emit(new Effect.TakeBack(call.attempt(), why, context.epochMillis()));
        campaign.countNotSent(why);
        calls.withdraw(call);
        state.numbers.notSent(
                call.lead().number().e164(), call.attempt().plannedAt().epochMillis());
        LeadNext decided = call.decided();
        if (decided != null) {
            placement.giveBack(call.lead(), decided);
        } else if (campaign.removed() || state.draining()) {
            placement.giveBack(call.lead(), new LeadNext.Untouched());
        } else if (refused != null) {
            placement.refuse(campaign, call.lead(), refused);
        } else {
            campaign.list().giveTurnBack(call.lead(), call.id().value());
        }
    }
}
