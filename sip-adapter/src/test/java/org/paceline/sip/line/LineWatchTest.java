package org.paceline.sip.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A phone of the test's own on a clock of the test's own. */
class LineWatchTest {

    private static final long TIMEOUT_MILLIS = 3_000;
    private static final long MILLI = 1_000_000L;

    private final List<String> told = new ArrayList<>();
    private final FakePhone phone = new FakePhone();
    private final LineWatch watch = new LineWatch(phone, TIMEOUT_MILLIS, new Random(5));
    private long nextCheckMillis = LineWatch.CHECK_MILLIS;

    @Test
    void shouldAskNothingOfAPhoneThatSends() {
        phone.sends = true;
        pass(60_000);

        assertThat(told).isEmpty();
    }

    @Test
    void shouldTakeAPhoneOffTheLineThatNeitherSendsNorAnswers() {
        phone.sends = true;
        pass(10_000);
        phone.sends = false;
        pass(TIMEOUT_MILLIS + LineWatch.CHECK_MILLIS + LineWatch.PACKET_MILLIS);

        assertThat(told).containsExactly("asked", "asked outside", "lost");
        pass(60_000);
        assertThat(told).hasSize(3);
    }

    @Test
    void shouldKeepAMutedPhoneThatAnswersAndAskItSeldom() {
        phone.answersWithin = true;
        pass(60_000);

        assertThat(told)
                .contains("asked")
                .doesNotContain("lost", "asked outside")
                .hasSizeBetween(5, 8);
    }

    @Test
    void shouldKeepAMutedPhoneThatAnswersOutsideOfTheCallOnly() {
        phone.answersOutside = true;
        pass(60_000);

        assertThat(told).contains("asked outside").doesNotContain("lost");
    }

    @Test
    void shouldKeepAPhoneThatSendsAgainBeforeTheTimeIsOver() {
        pass(2_900);
        phone.sends = true;
        pass(10_000);

        assertThat(told).doesNotContain("lost");
    }

    @Test
    void shouldAskAgainAtOnceWhenAPhoneThatSpokeFallsSilent() {
        phone.answersWithin = true;
        pass(1_600);
        phone.sends = true;
        pass(100);
        phone.sends = false;
        phone.answersWithin = false;
        pass(TIMEOUT_MILLIS + LineWatch.CHECK_MILLIS + LineWatch.PACKET_MILLIS);

        assertThat(told).endsWith("lost");
    }

    @Test
    void shouldTakeAPhoneOffTheLineThatHasForgottenTheCall() {
        phone.answersWithin = true;
        phone.answersOutside = true;
        phone.status = 481;
        pass(1_600);

        assertThat(told).containsExactly("asked", "lost");
    }

    @Test
    void shouldConfirmAJoinWithTheNextPacketOnly() {
        phone.sends = true;
        pass(1_010);
        watch.confirm(() -> told.add("confirmed"), now());
        assertThat(told).isEmpty();
        pass(20);
        watch.heard();

        assertThat(told).containsExactly("confirmed");
    }

    @Test
    void shouldAskAQuietPhoneAtOnceWhenACustomerIsJoined() {
        phone.answersWithin = true;
        pass(1_600);
        told.clear();
        watch.confirm(() -> told.add("confirmed"), now());

        assertThat(told).containsExactly("asked", "confirmed");
    }

    @Test
    void shouldNotLetACustomerWaitForADeadPhoneAsLongAsAnIdleLineMay() {
        phone.sends = true;
        pass(1_000);
        phone.sends = false;
        watch.confirm(() -> told.add("confirmed"), now());
        nextCheckMillis = phone.nowMillis + LineWatch.PACKET_MILLIS;
        pass(LineWatch.JOIN_LIMIT_MILLIS + 3 * LineWatch.PACKET_MILLIS);

        assertThat(told).containsExactly("asked", "asked outside", "lost");
    }

    private long now() {
        return phone.nowMillis * MILLI;
    }

    /** Ten milliseconds at a time, with the checks when the watch wants them. */
    private void pass(long millis) {
        for (long end = phone.nowMillis + millis; phone.nowMillis < end; ) {
            phone.nowMillis += 10;
            if (phone.sends && phone.nowMillis % 20 == 0) {
                phone.heardMillis = phone.nowMillis;
            }
            if (nextCheckMillis > 0 && phone.nowMillis >= nextCheckMillis) {
                long next = watch.check(now());
                nextCheckMillis = next == 0 ? 0 : phone.nowMillis + next;
            }
        }
    }

    private final class FakePhone implements LineWatch.Phone {
        private boolean sends;
        private boolean answersWithin;
        private boolean answersOutside;
        private int status = 200;
        private long nowMillis;
        private long heardMillis;

        @Override
        public long heardNanos() {
            return heardMillis * MILLI;
        }

        @Override
        public void ask() {
            told.add("asked");
            if (answersWithin) {
                watch.answered(status, false, now());
            }
        }

        @Override
        public void askOutside() {
            told.add("asked outside");
            if (answersOutside) {
                watch.answered(status, true, now());
            }
        }

        @Override
        public void lost(String reason) {
            told.add("lost");
        }
    }
}
