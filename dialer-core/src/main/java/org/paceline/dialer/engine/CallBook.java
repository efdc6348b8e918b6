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
    private final EngineState world;
    private final EventContext turn;
    private final Matching matching;
    private final Billing billing;

    CallBook(EngineState world, EventContext turn, Matching matching, Billing billing) {
        this.world = world;
        this.turn = turn;
        this.matching = matching;
        this.billing = billing;
    }

    /** A judged call begins; its lead is out of the list, its trunk's channel is taken. */
    void begin(Call call) {
        world.calls.put(call.id(), call);
        world.numbers.onCall(call.lead().number().e164(), true);
        world.journal.planned(turn.nanos());
        Agent own = chargedAgent(call);
        call.campaign()
                .forecast()
                .placed(call.id(), PacingView.group(call.lead()), own != null && own.isKeptFree(), turn.nanos());
        turn.emit(new Effect.PlaceCall(call.attempt()));
    }

    /** It is recorded and still right. */
    void dial(Call call) {
        call.dialled(turn.moment());
        turn.touch(call.campaign().id());
        turn.emit(new Effect.Dial(call.id(), call.attempt().order()));
    }

    /** There would be no agent for it. */
    void giveUp(CallId id) {
        Call call = world.calls.get(id);
        if (call != null && call.state() == CallState.RINGING) {
            call.campaign().forecast().givenUp(id, turn.nanos());
            turn.emit(new Effect.CancelCall(id));
        }
    }

    /** It is not made: undoes what its plan did in all books, but for the lead. */
    void withdraw(Call call) {
        Agent charged = chargedAgent(call);
        long plannedDay = turn.dayOf(call.attempt().plannedAt());
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
        call.campaign().forecast().failed(call.id(), turn.nanos());
        if (call.state() == CallState.WAITING) {
            call.campaign().waitsNoMore(call);
        }
        matching.forget(call);
        world.calls.remove(call.id());
        call.leaves();
        Trunk trunk = world.trunks.find(call.attempt().order().trunk());
        if (trunk != null) {
            trunk.release(call.id());
        }
        world.numbers.onCall(call.lead().number().e164(), false);
        Agent keptFree = keptFreeFor(call);
        expectNoCall(call);
        if (keptFree != null && keptFree.state() == AgentState.READY) {
            matching.serveLongestWaiting(keptFree);
        }
        call.campaign().pool().forEachSharing(turn::touch);
    }

    /** Nobody is kept for the call any longer. */
    void expectNoCall(Call call) {
        Agent placedFor = chargedAgent(call);
        if (placedFor != null && call.id().equals(placedFor.expecting())) {
            placedFor.expectsNone(turn.day());
            placedFor.campaigns().forEach(turn::touch);
        }
    }

    /** Who was kept free for the call, which is over, or null. */
    private @Nullable Agent keptFreeFor(Call call) {
        Agent placedFor = chargedAgent(call);
        boolean isKept =
                placedFor != null && placedFor.isKeptFree() && call.id().equals(placedFor.expecting());
        return isKept ? placedFor : null;
    }

    /** Whose day the call counts against, or null. */
    @Nullable
    Agent chargedAgent(Call call) {
        return call.attempt().chargedTo() == null
                ? null
                : world.floor.find(call.attempt().chargedTo());
    }

    /** The call that the event speaks of, or null, which is counted. */
    @Nullable
    Call find(CallId id, Event event) {
        Call call = world.calls.get(id);
        if (call == null) {
            world.countUnknown(event);
        }
        return call;
    }
}
