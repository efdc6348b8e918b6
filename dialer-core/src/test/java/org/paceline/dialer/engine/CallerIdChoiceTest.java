package org.paceline.dialer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.Fault;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.campaign.CallerIdPlan;
import org.paceline.dialer.campaign.CallerIdPlan.Choice;
import org.paceline.dialer.event.Effect;
import org.paceline.dialer.event.Event;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.pacing.DialMode;
import org.paceline.rules.NumberRange;

/**
 * Which caller ID a call presents: chosen before the verdict, recorded with the attempt, judged as chosen; and how it
 * fares.
 */
class CallerIdChoiceTest {
    private static final long FIRST = 12_025_550_100L;
    private static final List<NumberRange> THREE = List.of(new NumberRange(FIRST, FIRST + 2));

    private final Story story = new Story().givenTrunk(100, 1_000);

    @Test
    void shouldPresentEachAllottedNumberInTurn() {
        story.callerIds = new CallerIdPlan(Choice.ROTATION, FIRST, THREE);
        story.givenCampaign(DialMode.RATIO, 5)
                .givenReadyAgent("alice")
                .givenLeads(10)
                .pass(50);

        assertThat(callerIds()).containsExactly(FIRST, FIRST + 1, FIRST + 2, FIRST, FIRST + 1);
    }

    @Test
    void shouldTakeTheNextTurnOnlyWithACallThatIsPlaced() {
        List<Long> refused = new ArrayList<>();
        story.rules.judging(request -> {
            if (refused.size() < 2) {
                refused.add(request.callerId());
                return FakeRules.refused("cap.number-day", Long.MAX_VALUE);
            }
            return FakeRules.PERMITTED;
        });
        story.callerIds = new CallerIdPlan(Choice.ROTATION, FIRST, THREE);
        story.givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgent("alice")
                .givenLeads(10)
                .pass(50);

        assertThat(refused).containsExactly(FIRST, FIRST);
        assertThat(callerIds()).containsExactly(FIRST, FIRST + 1);
    }

    @Test
    void shouldJudgeAgainBeforeItIsSentWithTheCallerIdThatIsRecorded() {
        Map<Long, List<Long>> judged = new LinkedHashMap<>();
        story.rules.judging(request -> {
            judged.computeIfAbsent(request.number().e164(), _ -> new ArrayList<>())
                    .add(request.callerId());
            return FakeRules.PERMITTED;
        });
        story.callerIds = new CallerIdPlan(Choice.ROTATION, FIRST, THREE);
        story.givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgent("alice")
                .givenLeads(2)
                .pass(50);
        story.stored(story.placed().toArray(CallId[]::new)).pass(50);

        List<Effect.Dial> dialled = story.all(Effect.Dial.class);
        assertThat(dialled).hasSize(2);
        for (Effect.Dial dial : dialled) {
            long presented = dial.order().callerId();
            assertThat(judged.get(dial.order().number().e164())).containsExactly(presented, presented);
        }
        assertThat(dialled).extracting(dial -> dial.order().callerId()).containsExactly(FIRST, FIRST + 1);
    }

    @Test
    void shouldPresentALocalNumberToEachCallee() {
        story.callerIds = new CallerIdPlan(
                Choice.LOCAL,
                FIRST,
                List.of(new NumberRange(FIRST, FIRST), new NumberRange(13_055_559_999L, 13_055_559_999L)));
        story.givenCampaign(DialMode.RATIO, 2).givenReadyAgent("alice");
        story.tell(new Event.LeadsArrived(
                Story.SPRING,
                List.of(story.lead(Story.SPRING, 13_055_550_001L), story.lead(Story.SPRING, 12_025_557_777L)),
                Long.MAX_VALUE));
        story.pass(50);

        assertThat(callerIds()).containsExactly(13_055_559_999L, FIRST);
    }

    @Test
    void shouldNotSendACallWhoseCallerIdIsNoLongerOfThePlan() {
        story.callerIds = new CallerIdPlan(Choice.ROTATION, FIRST, THREE);
        story.givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgent("alice")
                .givenLeads(2)
                .pass(50);
        List<CallId> planned = story.placed();
        story.callerIds = new CallerIdPlan(Choice.ROTATION, FIRST, List.of(new NumberRange(FIRST, FIRST)));
        story.givenCampaign(DialMode.RATIO, 2);
        story.stored(planned.toArray(CallId[]::new)).pass(50);

        assertThat(story.all(Effect.Dial.class))
                .extracting(dial -> dial.order().callerId())
                .containsExactly(FIRST);
    }

    @Test
    void shouldCountTheHealthOfEachCallerIdByItself() {
        story.callerIds = new CallerIdPlan(Choice.ROTATION, FIRST, THREE);
        story.givenCampaign(DialMode.RATIO, 2)
                .givenReadyAgent("alice")
                .givenLeads(2)
                .pass(50);
        List<CallId> calls = story.placed();
        story.stored(calls.toArray(CallId[]::new)).pass(50);
        story.fails(calls.getFirst(), Outcome.BUSY)
                .fails(calls.get(1), Outcome.BUSY)
                .pass(50);

        assertThat(story.snapshot().callerIds())
                .extracting(health -> health.callerId() + ":" + health.attempts())
                .contains(FIRST + ":1", (FIRST + 1) + ":1");
    }

    @Test
    void shouldTellWhenPeopleNoLongerAnswerTheCallsWithACallerId() {
        story.givenCampaign(DialMode.PROGRESSIVE, 1)
                .givenReadyAgent("alice")
                .givenLeads(600)
                .pass(50);
        for (int i = 0; i < 300; i++) {
            ends(i % 2 == 0);
        }
        assertThat(story.all(Effect.CallerIdAnswers.class)).isEmpty();
        for (int i = 0; i < 128; i++) {
            ends(false);
        }

        assertThat(story.all(Effect.CallerIdAnswers.class))
                .singleElement()
                .satisfies(told -> assertThat(told.health().answersFell()).isTrue());
        assertThat(story.snapshot().callerIds().getFirst().answersFell()).isTrue();
    }

    private void ends(boolean isPickedUp) {
        CallId call = story.placed().getLast();
        story.stored(call).tell(new Event.CallRinging(call, true));
        if (isPickedUp) {
            story.tell(new Event.CallFailed(call, Outcome.TRUNK_FAILED, CallCause.ofStatus(200), true, Fault.US));
        } else {
            story.fails(call, Outcome.BUSY);
        }
        story.pass(10);
    }

    private List<Long> callerIds() {
        return story.all(Effect.PlaceCall.class).stream()
                .map(place -> place.attempt().order().callerId())
                .toList();
    }
}
