package org.paceline.dialer.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.lead.LeadGroup;
import org.paceline.rules.NumberKind;

/** A public whose law is known: answers after 4 to 16 s, evenly; who does not answer is given up by the network at 25 s. */
class CallForecastTest {
    private static final long SEED = 7;
    private static final LeadGroup USUAL = new LeadGroup(null, 0, NumberKind.MOBILE);

    private Random random = new Random(SEED);
    private final CallForecast forecast = new CallForecast();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private long nextCall = 1;
    private double second;

    private record Due(double at, CallId call, boolean answered) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Long.compare(call.value(), other.call.value()) : Double.compare(at, other.at);
        }
    }

    @Test
    void shouldExpectTooManyAnswersRatherThanTooFewBeforeAnythingIsKnown() {
        assertThat(forecast.answerRate()).isGreaterThan(0.4);
        forecast.advance(nanos());
        assertThat(forecast.answerRate()).isGreaterThan(0.4);
    }

    @Test
    void shouldLearnHowManyAnswerAndWhen() {
        run(3_600, 1, 0.25);
        assertThat(forecast.answerRate()).as("seed=%s", SEED).isCloseTo(0.25, within(0.05));
        assertThat(forecast.ringLaw(null, 4)).isLessThan(0.06);
        assertThat(forecast.ringLaw(null, 10)).isCloseTo(0.5, within(0.08));
        assertThat(forecast.ringLaw(null, 16.5)).isGreaterThan(0.95);
    }

    /** Counted by calls that ended, the first answers would come long before the first failures. */
    @Test
    void shouldNotTakeQuickAnswersForManyWhileDialingGrows() {
        double sum = 0;
        for (int seed = 1; seed <= 20; seed++) {
            CallForecastTest day = new CallForecastTest();
            day.random = new Random(seed);
            day.run(900, 0.3, 0.25);
            day.run(15, 8, 0.25);
            sum += day.forecast.answerRate();
        }
        assertThat(sum / 20).as("seeds 1 to 20").isCloseTo(0.25, within(0.04));
    }

    @Test
    void shouldKnowThatACallThatRangForLongIsNotAnsweredAnyMore() {
        run(3_600, 1, 0.25);
        CallId call = new CallId(1_000_000);
        forecast.placed(call, USUAL, false, nanos());
        CallForecast.Dial dial = dial(call);
        assertThat(answeredWithin(dial, 25)).isCloseTo(0.25, within(0.05));
        second += 10;
        assertThat(answeredWithin(dial, 25)).isCloseTo(0.125 / 0.875, within(0.04));
        second += 7;
        assertThat(answeredWithin(dial, 25)).isLessThan(0.03);
    }

    @Test
    void shouldKnowAfterANightWhatItKnewBefore() {
        run(1_800, 1, 0.25);
        pass(70);
        double evening = forecast.answerRate();
        pass(12 * 3_600);
        assertThat(forecast.answerRate()).isEqualTo(evening);
    }

    @Test
    void shouldTellGroupsApart() {
        for (int i = 0; i < 900; i++) {
            place(new LeadGroup("good", 0, NumberKind.MOBILE), 0.6);
            place(new LeadGroup("bad", 0, NumberKind.MOBILE), 0.05);
            pass(2);
        }
        assertThat(forecast.chance(new LeadGroup("good", 0, NumberKind.MOBILE))).isBetween(0.48, 0.72);
        assertThat(forecast.chance(new LeadGroup("bad", 0, NumberKind.MOBILE))).isBetween(0.02, 0.1);
    }

    /** While little is known the rate is a guess; what is wrong with it must not end up in a factor of all leads. */
    @Test
    void shouldGiveNoFactorToWhatAllRecordsHaveInCommon() {
        run(30, 2, 0.25);
        assertThat(forecast.chance(USUAL)).isCloseTo(forecast.answerRate(), within(1e-9));
        run(600, 2, 0.25);
        assertThat(forecast.chance(USUAL)).isCloseTo(forecast.answerRate(), within(1e-9));
    }

    @Test
    void shouldTakeANewGroupForLikeTheOthers() {
        run(300, 1, 0.25);
        LeadGroup fresh = new LeadGroup("new", 0, NumberKind.MOBILE);
        assertThat(forecast.chance(fresh)).isCloseTo(forecast.answerRate(), within(1e-9));
    }

    /** A file whose segments are all different must not fill the memory, nor make strangers of its first leads. */
    @Test
    void shouldTakeTheManyGroupsThatComeLastForOne() {
        for (int i = 0; i < 600; i++) {
            place(new LeadGroup("segment " + i, 0, NumberKind.MOBILE), i < 500 ? 0.1 : 0.6);
            pass(1);
        }
        pass(60);
        double known = forecast.chance(new LeadGroup("segment 550", 0, NumberKind.MOBILE));
        assertThat(forecast.chance(new LeadGroup("never seen", 0, NumberKind.MOBILE)))
                .isEqualTo(known);
        assertThat(known).isGreaterThan(forecast.chance(new LeadGroup("segment 1", 0, NumberKind.MOBILE)));
    }

    @Test
    void shouldNotHoldItAgainstThePublicThatCallsAreGivenUp() {
        for (int i = 0; i < 3_600; i++) {
            CallId call = place(USUAL, 0.25);
            pass(1);
            CallId old = new CallId(call.value() - 10);
            if (i % 2 == 0 && due.removeIf(one -> one.call.equals(old))) {
                forecast.givenUp(old, nanos());
            }
        }
        assertThat(forecast.answerRate()).as("seed=%s", SEED).isCloseTo(0.25, within(0.06));
    }

    @Test
    void shouldLearnThatGroupsRingDifferentlyLong() {
        LeadGroup quick = new LeadGroup("offices", 0, NumberKind.FIXED_LINE);
        LeadGroup slow = new LeadGroup("homes", 0, NumberKind.FIXED_LINE);
        for (int i = 0; i < 900; i++) {
            place(quick, 0.25, 1, 4);
            place(slow, 0.25, 10, 8);
            pass(2);
        }
        assertThat(forecast.ringLaw(quick, 6)).as("seed=%s", SEED).isGreaterThan(0.9);
        assertThat(forecast.ringLaw(slow, 9)).isLessThan(0.1);
        assertThat(forecast.ringLaw(null, 7)).isCloseTo(0.5, within(0.1));
        assertThat(forecast.answerRate()).isCloseTo(0.25, within(0.06));

        CallId call = place(slow, 0, 10, 8);
        CallForecast.Dial dial = dial(call);
        second += 8;
        assertThat(answeredWithin(dial, 25))
                .as("its time is yet to come")
                .isCloseTo(forecast.chance(slow), within(0.06));
    }

    @Test
    void shouldTakeANewGroupToRingLikeAll() {
        run(900, 1, 0.25);
        LeadGroup fresh = new LeadGroup("new", 0, NumberKind.MOBILE);
        assertThat(forecast.ringLaw(fresh, 8)).isCloseTo(forecast.ringLaw(null, 8), within(1e-9));
    }

    /** Calls of one moment are counted together, those given up for themselves. */
    @Test
    void shouldLearnOfHundredsOfCallsASecondAsOfFew() {
        for (int i = 0; i < 40_000; i++) {
            CallId call = place(USUAL, 0.25);
            pass(0.005);
            CallId old = new CallId(call.value() - 2_000);
            if (i % 5 == 0 && due.removeIf(one -> one.call.equals(old))) {
                forecast.givenUp(old, nanos());
            }
        }
        assertThat(forecast.answerRate()).as("seed=%s", SEED).isCloseTo(0.25, within(0.01));
        assertThat(forecast.ringLaw(null, 10)).isCloseTo(0.5, within(0.02));
        assertThat(forecast.chance(new LeadGroup(null, 0, NumberKind.MOBILE))).isCloseTo(0.25, within(0.01));
    }

    private CallForecast.Dial dial(CallId call) {
        return forecast.inFlight().stream()
                .filter(one -> one.call().equals(call))
                .findFirst()
                .orElseThrow();
    }

    private double answeredWithin(CallForecast.Dial dial, int seconds) {
        double[] chances = new double[seconds];
        forecast.within(dial, nanos(), chances, new double[seconds]);
        return chances[seconds - 1];
    }

    private void run(int seconds, double dialsASecond, double chance) {
        double owed = 0;
        for (int i = 0; i < seconds; i++) {
            for (owed += dialsASecond; owed >= 1; owed--) {
                place(USUAL, chance);
            }
            pass(1);
        }
    }

    private CallId place(LeadGroup group, double chance) {
        return place(group, chance, 4, 12);
    }

    /** Answered after so many seconds at least, and up to so many more. */
    private CallId place(LeadGroup group, double chance, double least, double more) {
        CallId call = new CallId(nextCall++);
        forecast.placed(call, group, false, nanos());
        boolean answered = random.nextDouble() < chance;
        due.add(new Due(second + (answered ? least + more * random.nextDouble() : 25), call, answered));
        return call;
    }

    private void pass(double seconds) {
        double until = second + seconds;
        while (!due.isEmpty() && due.peek().at <= until) {
            Due one = due.poll();
            second = one.at;
            if (one.answered) {
                forecast.answered(one.call, nanos());
            } else {
                forecast.failed(one.call, nanos());
            }
        }
        second = until;
        forecast.advance(nanos());
    }

    private long nanos() {
        return (long) (second * 1e9);
    }
}
