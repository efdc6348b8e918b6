package org.paceline.sip.call;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.event.Event.CallNotSent;
import org.paceline.dialer.id.CallId;
import org.paceline.sip.dialog.CallFailure;

/** How a customer's leg ended. */
sealed interface LegEnd {

    /** Returns the event that the engine is told. */
    Event event(CallId call);

    /** Returns one line for the log. */
    String words();

    /** No byte of the call has left. */
    record NeverSent(NotSent why, String detail) implements LegEnd {
        @Override
        public Event event(CallId call) {
            return new CallNotSent(call, why);
        }

        @Override
        public String words() {
            return "not_sent=" + why + " detail=\"" + detail + "\"";
        }
    }

    /** The call was never up. */
    record Failed(
            Outcome outcome, Fault fault, CallCause cause, boolean pickedUp, boolean callerIdBlocked, String detail)
            implements LegEnd {

        /** Makes a failure with the usual fault of the outcome, where nobody picked up. */
        static Failed as(Outcome outcome, CallCause cause, String detail) {
            return new Failed(outcome, outcome.usualFault(), cause, false, false, detail);
        }

        @Override
        public Event event(CallId call) {
            return new CallFailed(call, outcome, cause, pickedUp, fault, callerIdBlocked);
        }

        @Override
        public String words() {
            return "outcome=" + outcome + " fault=" + fault + " status=" + cause.sipStatus() + " detail=\"" + detail
                    + "\"";
        }
    }

    /** The call was up. */
    record HungUp(HungUpBy by, CallCause cause) implements LegEnd {
        @Override
        public Event event(CallId call) {
            return new CallHungUp(call, by, cause);
        }

        @Override
        public String words() {
            return "hung_up_by=" + by + " q850=" + cause.q850();
        }
    }

    /**
     * Returns the end of a call with that failure.
     *
     * @param cancelledAs the outcome for which it was cancelled before, or null
     * @param rang whether the phone rang
     */
    static LegEnd of(CallFailure failure, @Nullable Outcome cancelledAs, boolean rang) {
        Outcome wanted = cancelledAs == null ? Outcome.NO_ANSWER : cancelledAs;
        CallCause cause = failure.cause();
        String detail = failure.detail();
        return switch (failure.kind()) {
            case REFUSED ->
                cause.sipStatus() == 487 && cancelledAs != null
                        ? Failed.as(wanted, cause, detail)
                        : refused(failure, rang);
            case SILENT ->
                Failed.as(cancelledAs == Outcome.CANCELLED ? Outcome.CANCELLED : Outcome.TRUNK_FAILED, cause, detail);
            case NOT_SENT -> new NeverSent(cancelledAs == null ? NotSent.SEND_FAILED : NotSent.CANCELLED, detail);
            case GIVEN_UP -> Failed.as(Outcome.TRUNK_FAILED, cause, detail);
            case CANCEL_UNANSWERED -> Failed.as(wanted, cause, detail);
            case ANSWERED_LATE -> new Failed(wanted, Fault.US, cause, true, false, detail);
            case BAD_ANSWER -> new Failed(Outcome.TRUNK_FAILED, Fault.TRUNK, cause, true, false, detail);
        };
    }

    private static Failed refused(CallFailure failure, boolean rang) {
        CallCause cause = failure.cause();
        AnswerTable.Row row = AnswerTable.of(cause.sipStatus(), cause.q850(), rang, failure.signs());
        return new Failed(row.outcome(), row.fault(), cause, false, row.speaksOfCallerId(), failure.detail());
    }
}
