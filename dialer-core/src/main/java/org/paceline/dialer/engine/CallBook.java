package org.paceline.dialer.engine;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.call.CallState;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.state.Agent;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.trunk.Trunk;

/**
 * The live calls: enters them in all books when they are planned, and takes them out when they are over or were never made.
 *
 * <p>Thread: engine only.
 */
final class CallBook {
    private final EngineState state;
    private final EventContext context;
    private final Matching matching;
    private final Billing billing;

    CallBook(EngineState state, EventContext context, Matching matching, Billing billing) {
        this.state = state;
        this.context = context;
        this.matching = matching;
        this.billing = billing;
    }

    /** Begins a call that was permitted: its lead has left the list, and its trunk's channel is taken. */
    void begin(Call call) {
        state.calls.put(call.id(), call);
        state.numbers.onCall(call.lead().number().e164(), true);
        state.journal.planned(context.nanos());
        Agent own = chargedAgent(call);
        call.campaign()
                .forecast()
                .placed(call.id(), PacingView.group(call.lead()), own != null && own.isKeptFree(), context.nanos());
        context.emit(new Effect.PlaceCall(call.attempt()));
    }

    /** Dials a call that is stored and still right. */
    void dial(Call call) {
        call.dialled(context.moment());
        context.touch(call.campaign().id());
        context.emit(new Effect.Dial(call.id(), call.attempt().order()));
    }

    /** Ends a ringing call for which there would be no agent. */
    void giveUp(CallId id) {
        Call call = state.calls.get(id);
        if (call != null && call.state() == CallState.RINGING) {
            call.campaign().forecast().givenUp(id, context.nanos());
            context.emit(new Effect.CancelCall(id));
        }
    }

    /** Withdraws a call that is not made: undoes what its plan did in all books, except for the lead. */
    void withdraw(Call call) {
        Agent charged = chargedAgent(call);
        long plannedDay = context.dayOf(call.attempt().plannedAt());
        if (charged != null) {
            charged.load().uncharge(plannedDay);
        }
        call.campaign().uncountPlaced(plannedDay);
        call.campaign().forecast().notSent(call.id());
        leave(call);
        billing.release(call);
    }

    /** Takes the call out of all books but the number's. */
    void leave(Call call) {
        call.campaign().forecast().failed(call.id(), context.nanos());
        if (call.state() == CallState.WAITING) {
            call.campaign().waitsNoMore(call);
        }
        matching.forget(call);
        state.calls.remove(call.id());
        call.leaves();
        Trunk trunk = state.trunks.find(call.attempt().order().trunk());
        if (trunk != null) {
            trunk.release(call.id());
        }
        state.numbers.onCall(call.lead().number().e164(), false);
        Agent keptFree = keptFreeFor(call);
        expectNoCall(call);
        if (keptFree != null && keptFree.state() == AgentState.READY) {
            matching.serveLongestWaiting(keptFree);
        }
        call.campaign().pool().forEachSharing(context::touch);
    }

    /** Lets go of the agent who is kept for the call. */
    void expectNoCall(Call call) {
        Agent placedFor = chargedAgent(call);
        if (placedFor != null && call.id().equals(placedFor.expecting())) {
            placedFor.expectsNone(context.day());
            placedFor.campaigns().forEach(context::touch);
        }
    }

    /** Returns the agent who was kept free for this call, which is over; null where there was none. */
    private @Nullable Agent keptFreeFor(Call call) {
        Agent placedFor = chargedAgent(call);
        boolean isKept =
                placedFor != null && placedFor.isKeptFree() && call.id().equals(placedFor.expecting());
        return isKept ? placedFor : null;
    }

    /** Returns the agent whose day the call counts against, or null. */
    @Nullable
    Agent chargedAgent(Call call) {
        return call.attempt().chargedTo() == null
                ? null
                : state.floor.find(call.attempt().chargedTo());
    }

    /** Returns the call that the event names; where there is none, counts the event and returns null. */
    @Nullable
    Call find(CallId id, Event event) {
        Call call = state.calls.get(id);
        if (call == null) {
            state.countUnknown(event);
        }
        return call;
    }
}
