package org.paceline.sip.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.paceline.dialer.trunk.TrunkState;

class AddressHealthTest {

    private static final String A = "call a";
    private static final String B = "call b";

    private long now = Long.MAX_VALUE - 5; // monotonic time may overflow
    private final AddressHealth health = new AddressHealth(true, "first call will tell", now);

    @Test
    void shouldBeStoppedAfterThreeSilentCallsInARow() {
        health.silent(A, true, now);
        health.silent(A, true, now);
        health.heard();
        health.silent(A, true, now);
        health.silent(A, true, now);
        assertThat(health.state(now)).isEqualTo(TrunkState.UP);

        health.silent(A, true, now);
        assertThat(health.state(now)).isEqualTo(TrunkState.STOPPED);
        assertThat(health.takesCalls(now)).isFalse();
        assertThat(health.reason(now)).isEqualTo("3 calls without any response");
    }

    @Test
    void shouldNotBeStoppedWhereNoOtherMayTakeItsCalls() {
        for (int i = 0; i < 10; i++) {
            health.faulty(A, "status 500", false, now);
            health.silent(A, false, now);
        }
        assertThat(health.state(now)).isEqualTo(TrunkState.UP);
    }

    @Test
    void shouldBeTriedByOneCallAtATimeAndStopForTwiceAsLongWhenThatFails() {
        stop();
        pass(AddressHealth.FIRST_PAUSE_MILLIS - 1);
        assertThat(health.state(now)).isEqualTo(TrunkState.STOPPED);
        pass(1);
        assertThat(health.state(now)).isEqualTo(TrunkState.TRYING);
        assertThat(health.isPreferred(now)).isTrue();

        health.placed(A, now);
        assertThat(health.isPreferred(now)).isFalse();
        health.silent(A, true, now);
        assertThat(health.state(now)).isEqualTo(TrunkState.STOPPED);
        pass(2 * AddressHealth.FIRST_PAUSE_MILLIS - 1);
        assertThat(health.state(now)).isEqualTo(TrunkState.STOPPED);
        pass(1);
        assertThat(health.state(now)).isEqualTo(TrunkState.TRYING);
    }

    @Test
    void shouldTryAnotherCallWhenTheOneThatIsTriedShowsNothing() {
        stop();
        pass(AddressHealth.FIRST_PAUSE_MILLIS);
        health.placed(A, now);
        health.gone(B);
        assertThat(health.isPreferred(now)).isFalse();
        health.gone(A);
        assertThat(health.isPreferred(now)).isTrue();
    }

    @Test
    void shouldBeUpAgainWhenTheCallThatIsTriedGetsAResponse() {
        stop();
        pass(AddressHealth.FIRST_PAUSE_MILLIS);
        health.placed(A, now);
        health.heard();
        assertThat(health.state(now)).isEqualTo(TrunkState.UP);
    }

    @Test
    void shouldNotBeUpAfterRefusalsBecauseOfA100() {
        for (int i = 0; i < AddressHealth.FAULTS_TO_STOP; i++) {
            health.faulty(A, "status 500", true, now);
        }
        assertThat(health.state(now)).isEqualTo(TrunkState.STOPPED);
        assertThat(health.reason(now)).isEqualTo("5 calls in a row failed, the last with status 500");
        pass(AddressHealth.FIRST_PAUSE_MILLIS);
        health.placed(A, now);
        health.heard();
        assertThat(health.state(now)).isEqualTo(TrunkState.TRYING);
        health.worked();
        assertThat(health.state(now)).isEqualTo(TrunkState.UP);
    }

    @Test
    void shouldGoDownAfterTwoUnansweredOptionsAndComeUpWithAnAnswer() {
        health.optionsUnanswered();
        assertThat(health.state(now)).isEqualTo(TrunkState.UP);
        health.optionsUnanswered();
        assertThat(health.state(now)).isEqualTo(TrunkState.DOWN);
        health.optionsAnswered(404, 12_000);
        assertThat(health.roundTripNanos()).isEqualTo(12_000);
        assertThat(health.state(now)).isEqualTo(TrunkState.UP);
    }

    @Test
    void shouldNotTakeAnAnswerToOptionsForACallThatWorks() {
        stop();
        health.optionsAnswered(200, 1);
        assertThat(health.state(now)).isEqualTo(TrunkState.STOPPED);
    }

    @Test
    void shouldBeLeftAloneForItsRetryAfter() {
        assertThat(health.block(20_000, "status 503", now)).isTrue();
        assertThat(health.block(10_000, "status 503", now)).isFalse();
        assertThat(health.shown(now)).isEqualTo(TrunkState.BLOCKED);
        assertThat(health.takesCalls(now)).isFalse();
        assertThat(health.reason(now)).isEqualTo("status 503");
        pass(20_000);
        assertThat(health.shown(now)).isEqualTo(TrunkState.UP);

        health.block(86_400_000, "status 503", now);
        assertThat(health.blockMillisLeft(now)).isEqualTo(AddressHealth.LONGEST_BLOCK_MILLIS);
    }

    @Test
    void shouldOnlyBeUsedAfterOthersWhileItRests() {
        health.rest(30_000, now);
        assertThat(health.takesCalls(now)).isTrue();
        assertThat(health.isPreferred(now)).isFalse();
        pass(30_000);
        assertThat(health.isPreferred(now)).isTrue();
    }

    private void stop() {
        for (int i = 0; i < AddressHealth.SILENT_TO_STOP; i++) {
            health.silent(A, true, now);
        }
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
