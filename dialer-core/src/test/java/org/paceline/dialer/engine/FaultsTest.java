package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.call.NotSent;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.RetryPlan;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.LeadNext;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.dialer.trunk.CallerIdHealth;
import org.paceline.dialer.trunk.TrunkState;

/** Whose doing an end was, and what follows for lead and trunk. */
class FaultsTest {
    private final Story story = new Story();

    @BeforeEach
    void givenOneAgentAndOneLineForIt() {
        story.retries = new RetryPlan(
                1, Map.of(Outcome.TRUNK_FAILED, 60_000L, Outcome.CONGESTION, 60_000L, Outcome.ABANDONED, 90_000L));
        story.givenTrunk(10, 100)
                .givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(60)
                .pass(20);
    }

    @Test
    void shouldGiveLeadBackWhenTheTrunkRefuses() {
        CallId call = refusedBy(403, Outcome.TRUNK_FAILED, Fault.TRUNK);

        assertThat(story.ended(call).next()).isEqualTo(retryIn(60_000 - 20));
        assertThat(story.ended(call).call().fault()).isEqualTo(Fault.TRUNK);
    }

    @Test
    void shouldEndLeadAtItsLastAttemptWhenTheCalleeEndsIt() {
        story.retries = new RetryPlan(1, Map.of(Outcome.BUSY, 60_000L));
        story.givenCampaign(DialMode.PROGRESSIVE, 1);

        CallId call = refusedBy(486, Outcome.BUSY, Fault.CALLEE);

        assertThat(story.ended(call).next()).isEqualTo(new LeadNext.Done());
    }

    @Test
    void shouldCountAsAnsweredAndAbandonedWhoPickedUpWhateverTheSession() {
        CallId call = next();
        story.stored(call)
                .tell(new Event.CallFailed(call, Outcome.TRUNK_FAILED, CallCause.ofStatus(200), true, Fault.TRUNK));

        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(story.ended(call).call().fault()).isEqualTo(Fault.TRUNK);
        assertThat(story.ended(call).call().answeredAtEpochMillis())
                .isEqualTo(story.now().epochMillis());
        assertThat(story.campaign().answered()).isEqualTo(1);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
        assertThat(story.ended(call).next()).isEqualTo(retryIn(90_000));
    }

    @Test
    void shouldCountAsAbandonedWhoIsHungUpOnBeforeTheAgentIsJoined() {
        CallId call = next();
        story.stored(call).answered(call).tell(new Event.CallHungUp(call, HungUpBy.SIGNALLING, CallCause.NONE));

        assertThat(story.ended(call).call().outcome()).isEqualTo(Outcome.ABANDONED);
        assertThat(story.campaign().abandoned()).isEqualTo(1);
    }

    @Test
    void shouldOptNobodyOutWhenAnalyticsBlockTheCallerId() {
        blockedFor608();

        assertThat(story.all(Effect.OptedOut.class)).isEmpty();
    }

    @Test
    void shouldKeepHealthOfTheCallerId() {
        long blockedAt = story.now().epochMillis();
        blockedFor608();
        refusedBy(607, Outcome.UNWANTED, Fault.CALLEE);
        refusedBy(486, Outcome.BUSY, Fault.CALLEE);
        CallId answered = next();
        story.stored(answered).answered(answered).customerHangsUp(answered);

        assertThat(story.snapshot().callerIds())
                .containsExactly(new CallerIdHealth(12_025_550_100L, 4, 1, 1, false, 1, blockedAt));
        assertThat(story.snapshot().callerIds().getFirst().blockedRatio()).isEqualTo(0.25);
    }

    @Test
    void shouldCountNoAttemptOfTheCallerIdWhenNothingWasSent() {
        CallId call = next();
        story.stored(call).tell(new Event.CallNotSent(call, NotSent.SEND_FAILED));

        assertThat(story.snapshot().callerIds()).isEmpty();
    }

    @Test
    void shouldWarnOfABlockedCallerIdAtTheFirstCallAndWheneverTheirNumberHasDoubled() {
        for (int i = 0; i < 5; i++) {
            blockedFor608();
            refusedBy(486, Outcome.BUSY, Fault.CALLEE); // so that the trunk is not stopped
        }

        assertThat(story.all(Effect.CallerIdBlocked.class))
                .containsExactly(
                        new Effect.CallerIdBlocked(12_025_550_100L, 608, 1),
                        new Effect.CallerIdBlocked(12_025_550_100L, 608, 2),
                        new Effect.CallerIdBlocked(12_025_550_100L, 608, 4));
    }

    @Test
    void shouldStopTrunkAfterARunOfFaultsAndKeepTheLeads() {
        refuse(5);

        assertThat(trunk().state()).isEqualTo(TrunkState.STOPPED);
        assertThat(trunk().reason()).contains("5 calls in a row failed", "status 403");
        assertThat(trunk().blockedUntilEpochMillis()).isGreaterThan(story.now().epochMillis());
        assertThat(story.only(Effect.TrunkStopped.class, stopped -> true).reason())
                .contains("status 403");
        story.pass(4_000);
        assertThat(story.placed()).hasSize(5);
        assertThat(story.campaign().idleReason()).contains("trunk carrier is stopped");
        assertThat(story.all(Effect.AttemptEnded.class))
                .allSatisfy(ended -> assertThat(ended.next()).isInstanceOf(LeadNext.RetryAt.class));
    }

    @Test
    void shouldTryOneCallAfterThePauseAndDoubleItWhereThatFails() {
        refuse(5);
        story.pass(5_100);

        assertThat(story.placed()).hasSize(6);
        assertThat(trunk().state()).isEqualTo(TrunkState.TRYING);
        fail(story.placed().getLast());
        story.pass(9_000);
        assertThat(story.placed()).hasSize(6);
        story.pass(1_200);
        assertThat(story.placed()).hasSize(7);
    }

    @Test
    void shouldGoOnAtTheFirstRing() {
        refuse(5);
        story.pass(5_100);
        CallId tried = story.placed().getLast();

        story.stored(tried).tell(new Event.CallRinging(tried));

        assertThat(trunk().state()).isEqualTo(TrunkState.UP);
        assertThat(trunk().reason()).isNull();
        assertThat(story.all(Effect.TrunkStopped.class).getLast().reason()).isNull();
    }

    @Test
    void shouldTryAnotherCallWhenTheTriedOneIsGivenUp() {
        refuse(5);
        story.pass(5_100);
        CallId tried = story.placed().getLast();

        story.stored(tried).fails(tried, Outcome.CANCELLED).pass(20);

        assertThat(story.placed()).hasSize(7);
    }

    @Test
    void shouldNotStopTrunkForDeadNumbers() {
        for (int i = 0; i < 20; i++) {
            CallId call = next();
            story.stored(call)
                    .tell(new Event.CallFailed(call, Outcome.INVALID_NUMBER, new CallCause(503, 1, 0), false))
                    .pass(20);
        }

        assertThat(story.placed()).hasSizeGreaterThan(20);
        assertThat(trunk().state()).isEqualTo(TrunkState.UP);
    }

    @Test
    void shouldStopTrunkWhenEveryNumberIsRefusedAlikeAndNoneRings() {
        for (int i = 0; i < 30; i++) {
            CallId call = next();
            story.stored(call)
                    .tell(new Event.CallFailed(call, Outcome.INVALID_NUMBER, CallCause.ofStatus(404), false))
                    .pass(20);
        }

        assertThat(trunk().state()).isEqualTo(TrunkState.STOPPED);
        assertThat(trunk().reason()).contains("30 calls in a row got status 404 and no phone rang");
    }

    @Test
    void shouldNotStopTrunkWhenACallInBetweenIsCarried() {
        refuse(4);
        refusedBy(486, Outcome.BUSY, Fault.CALLEE);
        refuse(4);

        assertThat(trunk().state()).isEqualTo(TrunkState.UP);
    }

    @Test
    void shouldStopTrunkWhoseAnswersCannotBeUsed() {
        for (int i = 0; i < 5; i++) {
            CallId call = next();
            story.stored(call)
                    .tell(new Event.CallRinging(call))
                    .tell(new Event.CallFailed(call, Outcome.TRUNK_FAILED, CallCause.ofStatus(200), true, Fault.TRUNK))
                    .pass(20);
        }

        assertThat(trunk().state()).isEqualTo(TrunkState.STOPPED);
        assertThat(trunk().reason()).contains("an answer whose session cannot be used");
    }

    private void refuse(int calls) {
        for (int i = 0; i < calls; i++) {
            refusedBy(403, Outcome.TRUNK_FAILED, Fault.TRUNK);
        }
    }

    private CallId refusedBy(int status, Outcome outcome, Fault fault) {
        CallId call = next();
        story.stored(call).tell(new Event.CallFailed(call, outcome, CallCause.ofStatus(status), false, fault));
        story.pass(20);
        return call;
    }

    private void blockedFor608() {
        CallId call = next();
        CallCause cause = CallCause.ofStatus(608);
        story.stored(call)
                .tell(new Event.CallFailed(call, Outcome.TRUNK_FAILED, cause, false, Fault.TRUNK, true))
                .pass(20);
    }

    private void fail(CallId call) {
        story.stored(call).tell(new Event.CallFailed(call, Outcome.TRUNK_FAILED, CallCause.ofStatus(403), false));
    }

    /** The call that is under way. */
    private CallId next() {
        List<CallId> placed = story.placed();
        return placed.getLast();
    }

    private LeadNext retryIn(long millis) {
        return new LeadNext.RetryAt(story.now().epochMillis() + millis, null);
    }

    private Snapshot.TrunkStatus trunk() {
        return story.snapshot().trunks().getFirst();
    }
}
