package org.paceline.dialer.engine;

import java.util.function.Consumer;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.state.Call;
import org.paceline.dialer.trunk.Trunk;

/**
 * Tells trunks what their calls show of them, and the world when one is stopped or goes on.
 *
 * <p>Thread: engine only.
 */
final class TrunkWatch {
    private final EngineState state;
    private final EventContext context;

    TrunkWatch(EngineState state, EventContext context) {
        this.state = state;
        this.context = context;
    }

    /** Takes note that the network answered on the call's trunk. */
    void heard(Call call) {
        Trunk trunk = state.trunks.find(call.attempt().order().trunk());
        if (trunk != null) {
            trunk.heard();
        }
    }

    /** The network says for the first time that the call got further than the trunk: it is in progress, rings, or is answered. */
    void progressed(Call call) {
        Trunk trunk = state.trunks.find(call.attempt().order().trunk());
        long millis = call.millisSinceDialled(context.moment());
        if (trunk != null && millis >= 0) {
            trunk.tally().progressed(millis);
        }
    }

    /**
     * Counts an attempt that is over.
     *
     * @param answeredMillis from answer to end
     */
    void counted(Call call, Outcome outcome, Fault fault, long answeredMillis) {
        Trunk trunk = state.trunks.find(call.attempt().order().trunk());
        if (trunk != null) {
            boolean isAnswered = call.wasAnswered();
            trunk.tally()
                    .ended(
                            isAnswered,
                            isAnswered || isEffective(call, outcome, fault),
                            isAnswered ? answeredMillis : 0);
        }
    }

    /** Whether the network did its part for a call that was not answered (ITU-T E.425). */
    private static boolean isEffective(Call call, Outcome outcome, Fault fault) {
        return switch (outcome) {
            case NO_ANSWER, BUSY, REJECTED, UNWANTED -> fault == Fault.CALLEE;
            case CANCELLED -> call.hasRung();
            case CONNECTED, ABANDONED, CALLER_HUNG_UP, MACHINE, FAX -> true;
            case INVALID_NUMBER, CONGESTION, TRUNK_FAILED, INTERRUPTED -> false;
        };
    }

    void rings(Call call) {
        tell(call, trunk -> trunk.rings(call.id()));
    }

    void answered(Call call) {
        tell(call, trunk -> trunk.carried(call.id(), call.attempt().plannedAt()));
    }

    void ended(Call call, Outcome outcome, Fault fault, CallCause cause) {
        boolean isRefused = cause.sipStatus() >= 300;
        if (call.state().isAnswered()) {
            return; // told when it was answered
        }
        if (fault == Fault.TRUNK || (fault == Fault.US && isRefused && outcome != Outcome.CANCELLED)) {
            tell(call, trunk -> trunk.failed(call.id(), what(outcome, cause), context.moment()));
        } else if (fault == Fault.CALLEE && isRefused && !call.hasRung()) {
            tell(
                    call,
                    trunk -> trunk.refusedUnrung(
                            call.id(), call.attempt().plannedAt(), cause.sipStatus(), context.moment()));
        } else if (fault == Fault.CALLEE || outcome == Outcome.ABANDONED) {
            answered(call);
        }
    }

    private static String what(Outcome outcome, CallCause cause) {
        if (cause.sipStatus() == 0) {
            return "no answer from the trunk";
        }
        String status = "status " + cause.sipStatus() + (cause.q850() == 0 ? "" : " and cause " + cause.q850());
        return outcome == Outcome.ABANDONED ? "an answer whose session cannot be used (" + status + ")" : status;
    }

    private void tell(Call call, Consumer<Trunk> word) {
        Trunk trunk = state.trunks.find(call.attempt().order().trunk());
        if (trunk == null) {
            return;
        }
        boolean wasStopped = trunk.isStopped();
        word.accept(trunk);
        if (wasStopped != trunk.isStopped()) {
            context.emit(new Effect.TrunkStopped(
                    trunk.settings().id(), trunk.stopped(), trunk.blockedUntilEpochMillis(context.moment())));
        }
    }
}
