package org.paceline.sip.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.sip.call.LegEnd.Failed;
import org.paceline.sip.call.LegEnd.NeverSent;
import org.paceline.sip.dialog.AnswerSigns;
import org.paceline.sip.dialog.CallFailure;
import org.paceline.sip.dialog.CallFailure.Kind;

/** How a call ends that was never up, by its failure and by what it was cancelled for. */
class LegEndTest {

    @Test
    void shouldEndAsItWasCancelledWhenTheTrunkConfirmsTheCancel() {
        assertThat(end(Kind.REFUSED, 487, Outcome.NO_ANSWER))
                .isEqualTo(failed(487, Outcome.NO_ANSWER, Outcome.NO_ANSWER.usualFault(), false));
        assertThat(end(Kind.REFUSED, 487, Outcome.CANCELLED))
                .isEqualTo(failed(487, Outcome.CANCELLED, Outcome.CANCELLED.usualFault(), false));
    }

    @Test
    void shouldAskTheAnswerTableWhenTheTrunkRefusesByItself() {
        AnswerTable.Row busy = AnswerTable.of(486, 0, true, AnswerSigns.NONE);

        assertThat(end(Kind.REFUSED, 486, null)).isEqualTo(failed(486, busy.outcome(), busy.fault(), false));
        assertThat(end(Kind.REFUSED, 486, Outcome.NO_ANSWER))
                .as("a phone that is busy is, also when the ring limit was reached meanwhile")
                .isEqualTo(failed(486, busy.outcome(), busy.fault(), false));
    }

    @Test
    void shouldBlameTheTrunkForACallThatCouldNotGoOn() {
        assertThat(end(Kind.GIVEN_UP, 487, null)).isEqualTo(failed(487, Outcome.TRUNK_FAILED, Fault.TRUNK, false));
    }

    @Test
    void shouldBlameTheTrunkForSilenceUnlessTheEngineCancelled() {
        assertThat(end(Kind.SILENT, 0, null))
                .isInstanceOfSatisfying(
                        Failed.class, end -> assertThat(end.outcome()).isEqualTo(Outcome.TRUNK_FAILED));
        assertThat(end(Kind.SILENT, 0, Outcome.NO_ANSWER))
                .isInstanceOfSatisfying(
                        Failed.class, end -> assertThat(end.outcome()).isEqualTo(Outcome.TRUNK_FAILED));
        assertThat(end(Kind.SILENT, 0, Outcome.CANCELLED))
                .isInstanceOfSatisfying(
                        Failed.class, end -> assertThat(end.outcome()).isEqualTo(Outcome.CANCELLED));
    }

    @Test
    void shouldSayWhetherACallWasNotSentByFaultOrByWish() {
        assertThat(end(Kind.NOT_SENT, 0, null)).isEqualTo(new NeverSent(NotSent.SEND_FAILED, "as asked"));
        assertThat(end(Kind.NOT_SENT, 0, Outcome.CANCELLED)).isEqualTo(new NeverSent(NotSent.CANCELLED, "as asked"));
    }

    @Test
    void shouldSayThatSomebodyPickedUpWhenTheAnswerCameInVain() {
        assertThat(end(Kind.ANSWERED_LATE, 200, Outcome.NO_ANSWER))
                .isEqualTo(failed(200, Outcome.NO_ANSWER, Fault.US, true));
        assertThat(end(Kind.BAD_ANSWER, 200, null)).isEqualTo(failed(200, Outcome.TRUNK_FAILED, Fault.TRUNK, true));
    }

    private static LegEnd end(Kind kind, int status, @Nullable Outcome cancelledAs) {
        return LegEnd.of(
                new CallFailure(kind, CallCause.ofStatus(status), AnswerSigns.NONE, "as asked"), cancelledAs, true);
    }

    private static Failed failed(int status, Outcome outcome, Fault fault, boolean pickedUp) {
        return new Failed(outcome, fault, CallCause.ofStatus(status), pickedUp, false, "as asked");
    }
}
