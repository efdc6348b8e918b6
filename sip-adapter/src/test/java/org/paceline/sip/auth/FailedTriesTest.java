package org.paceline.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FailedTriesTest {

    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress THERE = InetAddress.ofLiteral("198.51.100.9");

    private final FailedTries tries = new FailedTries(3);
    private long now = Long.MAX_VALUE - 5;

    private long fail(InetAddress from, String user) {
        return tries.failed(from, user, now);
    }

    private long wait(InetAddress from, String user) {
        return tries.waitSeconds(from, user, false, now);
    }

    private void pass(long seconds) {
        now += TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void shouldDoubleTheWaitUpToAnHour() {
        long[] waits = new long[8];
        for (int i = 0; i < waits.length; i++) {
            assertThat(fail(THERE, "u" + i)).isZero(); // so that the address stays below its limit for long
            fail(THERE, "alice");
            fail(THERE, "alice");
            waits[i] = fail(THERE, "alice");
            pass(waits[i]);
            assertThat(tries.waitSeconds(THERE, "alice", true, now)).isZero();
        }

        assertThat(waits).startsWith(60, 120, 240).endsWith(3_600, 3_600);
    }

    @Test
    void shouldHoldNothingAgainstTheUserElsewhere() {
        fail(THERE, "alice");
        fail(THERE, "alice");
        fail(THERE, "alice");

        assertThat(wait(THERE, "alice")).isEqualTo(60);
        assertThat(wait(HERE, "alice")).isZero();
        assertThat(wait(THERE, "bob")).isZero();
    }

    @Test
    void shouldMakeAnAddressWaitThatTriesManyUsersButNotThoseAtHomeThere() {
        for (int i = 0; i < 18; i++) {
            fail(THERE, "user-" + i);
        }

        assertThat(wait(THERE, "carol")).isEqualTo(60);
        assertThat(tries.waitSeconds(THERE, "carol", true, now)).isZero();
    }

    @Test
    void shouldTakeANetworkOfIpv6ForOneAddress() {
        for (int i = 0; i < 3; i++) {
            fail(InetAddress.ofLiteral("2001:db8::" + i), "alice");
        }

        assertThat(wait(InetAddress.ofLiteral("2001:db8::ffff"), "alice")).isEqualTo(60);
        assertThat(wait(InetAddress.ofLiteral("2001:db8:0:1::1"), "alice")).isZero();
    }

    @Test
    void shouldForgetWithSuccessAndWithTime() {
        fail(THERE, "alice");
        fail(THERE, "alice");
        tries.succeeded(THERE, "alice");
        assertThat(fail(THERE, "alice")).isZero();
        fail(THERE, "alice");
        pass(2 * 60 * 60);

        assertThat(fail(THERE, "alice")).isZero();
    }

    @Test
    void shouldRememberABoundedNumber() {
        for (int i = 0; i < 3; i++) {
            fail(THERE, "alice");
        }
        for (int i = 0; i < FailedTries.MOST; i++) {
            fail(InetAddress.ofLiteral("10.0." + i / 256 + "." + i % 256), "bob");
        }

        assertThat(wait(THERE, "alice")).isZero();
    }
}
