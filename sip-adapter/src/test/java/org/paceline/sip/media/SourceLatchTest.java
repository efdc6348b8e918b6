package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SourceLatchTest {

    private static final InetSocketAddress SIGNALLED = new InetSocketAddress("10.0.0.1", 4000);
    private static final InetSocketAddress BEHIND_NAT = new InetSocketAddress("192.0.2.7", 61000);
    private static final InetSocketAddress THIEF = new InetSocketAddress("198.51.100.66", 666);
    private static final long MILLI = 1_000_000L;

    private final SourceLatch latch = new SourceLatch();

    @Test
    void shouldSendToTheSignalledAddressUntilPacketsCome() {
        latch.signalled(SIGNALLED);
        assertThat(latch.destination()).isEqualTo(SIGNALLED);
        assertThat(latch.accept(BEHIND_NAT, 0)).isTrue();
        assertThat(latch.destination()).isEqualTo(BEHIND_NAT);
    }

    @Test
    void shouldRefuseAThirdPartyWhileThePeerSends() {
        latch.signalled(SIGNALLED);
        for (long now = 0; now < 5_000 * MILLI; now += 20 * MILLI) {
            assertThat(latch.accept(BEHIND_NAT, now)).isTrue();
            assertThat(latch.accept(THIEF, now + MILLI)).isFalse();
            assertThat(latch.destination()).isEqualTo(BEHIND_NAT);
        }
    }

    @Test
    void shouldFollowAPeerWhoseAddressChangedAfterItWasQuiet() {
        latch.signalled(SIGNALLED);
        latch.accept(BEHIND_NAT, 0);
        InetSocketAddress rebound = new InetSocketAddress("192.0.2.7", 61999);
        assertThat(latch.accept(rebound, SourceLatch.RELATCH_AFTER_NANOS - 1)).isFalse();
        assertThat(latch.accept(rebound, SourceLatch.RELATCH_AFTER_NANOS)).isTrue();
        assertThat(latch.destination()).isEqualTo(rebound);
    }

    @Test
    void shouldAlwaysLetTheSignalledAddressIn() {
        latch.signalled(SIGNALLED);
        latch.accept(THIEF, 0);
        assertThat(latch.accept(SIGNALLED, MILLI)).isTrue();
        assertThat(latch.destination()).isEqualTo(SIGNALLED);
        assertThat(latch.accept(THIEF, 2 * MILLI)).isFalse();
    }

    @Test
    void shouldForgetTheSourceWhenANewAddressIsSignalled() {
        latch.signalled(SIGNALLED);
        latch.accept(BEHIND_NAT, 0);
        latch.signalled(SIGNALLED);
        assertThat(latch.destination()).isEqualTo(BEHIND_NAT);
        InetSocketAddress moved = new InetSocketAddress("10.0.0.2", 4000);
        latch.signalled(moved);
        assertThat(latch.destination()).isEqualTo(moved);
        latch.signalled(null);
        assertThat(latch.destination()).isNull();
    }
}
