package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceLatchTest {

    private static final InetSocketAddress SIGNALLED = new InetSocketAddress("203.0.113.5", 4000);
    private static final InetSocketAddress OTHER_PORT = new InetSocketAddress("203.0.113.5", 4006);
    private static final InetSocketAddress PRIVATE = new InetSocketAddress("10.0.0.1", 4000);
    private static final InetSocketAddress BEHIND_NAT = new InetSocketAddress("192.0.2.7", 61000);
    private static final InetSocketAddress THIEF = new InetSocketAddress("198.51.100.66", 666);
    private static final long MILLI = 1_000_000L;

    private final Strangers strangers = new Strangers();
    private final SourceLatch latch = new SourceLatch(null, strangers);
    private final RtpPacket packet = new RtpPacket();
    private long now = 77 * MILLI;
    private int sequence = 65_530;

    @Test
    void shouldSendToTheSignalledAddressUntilPacketsCome() {
        givenSignalled(SIGNALLED);

        assertThat(latch.destination()).isEqualTo(SIGNALLED);
        assertThat(heardOf(SIGNALLED, 1, 1)).isEqualTo(1);
        assertThat(latch.destination()).isEqualTo(SIGNALLED);
    }

    @Test
    void shouldLearnAnotherPortOfTheSignalledHostInTheFirstMoments() {
        givenSignalled(SIGNALLED);

        assertThat(heardOf(OTHER_PORT, 7, 50)).isEqualTo(40);
        assertThat(latch.destination()).isEqualTo(OTHER_PORT);
        assertThat(heardOf(OTHER_PORT, 8, 10)).as("with a new SSRC").isEqualTo(10);
    }

    @Test
    void shouldLearnAPhoneBehindNatFromWhereItsSignallingComes() {
        latch.signalled(PRIVATE, BEHIND_NAT.getAddress(), now);

        assertThat(heardOf(BEHIND_NAT, 7, 50)).isEqualTo(40);
        assertThat(latch.destination()).isEqualTo(BEHIND_NAT);
    }

    @Test
    void shouldLearnAPhoneBehindNatFromAnotherAddressOnlyAfterALongRun() {
        latch.signalled(PRIVATE, BEHIND_NAT.getAddress(), now);

        assertThat(heardOf(new InetSocketAddress("192.0.2.99", 5_000), 7, 50)).isZero();
        assertThat(heardOf(new InetSocketAddress("192.0.2.99", 5_000), 7, 10)).isEqualTo(10);
    }

    @Test
    void shouldNeverLearnAStrangerOfAPeerThatKnowsItsAddress() {
        latch.signalled(SIGNALLED, SIGNALLED.getAddress(), now);

        assertThat(heardOf(THIEF, 7, 300)).isZero();
        assertThat(latch.destination()).isEqualTo(SIGNALLED);
    }

    @Test
    void shouldNeverLearnAStrangerOfACarrierWhoseMediaHostIsPublic() {
        latch.signalled(SIGNALLED, BEHIND_NAT.getAddress(), now);

        assertThat(heardOf(THIEF, 7, 300)).isZero();
    }

    @Test
    void shouldLearnNobodyOnceTheFirstMomentsAreOver() {
        givenSignalled(SIGNALLED);
        now += SourceLatch.LEARN_NANOS;

        assertThat(heardOf(OTHER_PORT, 7, 100)).isZero();
        assertThat(heardOf(SIGNALLED, 8, 1)).isEqualTo(1);
    }

    @Test
    void shouldLearnNobodyOnceTheSignalledAddressHasSpoken() {
        givenSignalled(SIGNALLED);
        heardOf(SIGNALLED, 1, 1);
        now += 600 * MILLI;

        assertThat(heardOf(OTHER_PORT, 7, 100)).isZero();
        assertThat(latch.destination()).isEqualTo(SIGNALLED);
    }

    @Test
    void shouldGiveTheStreamBackWhenTheSignalledAddressSpeaks() {
        givenSignalled(SIGNALLED);
        heardOf(OTHER_PORT, 7, 50);

        assertThat(heardOf(SIGNALLED, 1, 1)).isEqualTo(1);
        assertThat(latch.destination()).isEqualTo(SIGNALLED);
        assertThat(heardOf(OTHER_PORT, 7, 50)).isZero();
    }

    @Test
    void shouldRefuseAThirdPartyWhileThePeerSends() {
        givenSignalled(SIGNALLED);
        for (int i = 0; i < 250; i++) {
            assertThat(heardOf(SIGNALLED, 1, 1)).isEqualTo(1);
            assertThat(accepts(THIEF, 1, sequence)).isFalse();
            assertThat(accepts(OTHER_PORT, 7, i)).isFalse();
        }
        assertThat(latch.destination()).isEqualTo(SIGNALLED);
    }

    @ParameterizedTest
    @ValueSource(longs = {600, 20_000})
    void shouldRefuseTheRightSsrcFromTheWrongHostDuringSilence(long silenceMillis) {
        givenSignalled(SIGNALLED);
        heardOf(SIGNALLED, 1, 5);
        now += silenceMillis * MILLI;

        assertThat(heardOf(THIEF, 1, 100)).isZero();
        assertThat(latch.destination()).isEqualTo(SIGNALLED);
    }

    @Test
    void shouldFollowThePeerToAnotherPortOfItsHostWhenItsStreamGoesOn() {
        givenSignalled(SIGNALLED);
        heardOf(SIGNALLED, 1, 5);
        assertThat(heardOf(OTHER_PORT, 1, 5))
                .as("while the old port is not quiet")
                .isZero();
        now += SourceLatch.MOVE_AFTER_NANOS;

        assertThat(heardOf(OTHER_PORT, 1, 10)).isEqualTo(7);
        assertThat(latch.destination()).isEqualTo(OTHER_PORT);
    }

    @Test
    void shouldNotFollowASequenceThatDoesNotGoOn() {
        givenSignalled(SIGNALLED);
        heardOf(SIGNALLED, 1, 5);
        now += SourceLatch.MOVE_AFTER_NANOS;
        sequence -= 100;
        assertThat(heardOf(OTHER_PORT, 1, 20)).isZero();
        sequence += 10_000;
        assertThat(heardOf(OTHER_PORT, 1, 20)).isZero();
    }

    @Test
    void shouldNotLearnFromPacketsSprayedWithoutARun() {
        givenSignalled(SIGNALLED);
        for (int i = 0; i < 100; i++) {
            now += 20 * MILLI;
            assertThat(accepts(OTHER_PORT, 7, 37 * i & 0xFFFF)).isFalse();
        }
    }

    @Test
    void shouldNeverLearnASourceThatSendsToOtherSessionsAsWell() {
        givenSignalled(SIGNALLED);
        SourceLatch other = new SourceLatch(null, strangers);
        other.accept(OTHER_PORT, packet(7, 1), now);

        assertThat(heardOf(OTHER_PORT, 7, 100)).isZero();
        other.close();
        assertThat(heardOf(OTHER_PORT, 7, 100)).as("once known, for good").isZero();
    }

    @Test
    void shouldRememberABoundedNumberOfStrangers() {
        for (int i = 0; i < 3 * Strangers.LIMIT; i++) {
            assertThat(latch.accept(new InetSocketAddress("198.51.100.66", 1_024 + i), packet(7, 1), now))
                    .isFalse();
        }
        assertThat(strangers.known()).isEqualTo(Strangers.LIMIT);
        latch.close();
        assertThat(strangers.known()).isZero();
    }

    @Test
    void shouldForgetTheSourceWhenANewAddressIsSignalledAndOnlyThen() {
        givenSignalled(SIGNALLED);
        heardOf(OTHER_PORT, 7, 50);
        givenSignalled(SIGNALLED);
        assertThat(latch.destination()).isEqualTo(OTHER_PORT);
        latch.signalled(null, null, now);
        assertThat(latch.destination()).as("kept over a hold").isEqualTo(OTHER_PORT);
        givenSignalled(PRIVATE);
        assertThat(latch.destination()).isEqualTo(PRIVATE);
        assertThat(heardOf(OTHER_PORT, 7, 50)).isZero();
    }

    @Test
    void shouldHearNobodyBeforeAnAddressIsSignalled() {
        latch.signalled(null, null, now);

        assertThat(heardOf(THIEF, 7, 100)).isZero();
        assertThat(latch.destination()).isNull();
    }

    @Test
    void shouldNotTakeThePeerOfTheCallBeforeForItsOwn() {
        SourceLatch next = new SourceLatch(OTHER_PORT, strangers);
        next.signalled(SIGNALLED, SIGNALLED.getAddress(), now);
        for (int i = 0; i < 200; i++) {
            now += 20 * MILLI;
            assertThat(next.accept(OTHER_PORT, packet(7, i), now)).isFalse();
        }
    }

    private void givenSignalled(InetSocketAddress address) {
        InetAddress same = address.getAddress();
        latch.signalled(address, same, now);
    }

    /** Sends that many packets, 20 ms apart, the sequence going on over all sources. */
    private int heardOf(InetSocketAddress from, int ssrc, int packets) {
        int heard = 0;
        for (int i = 0; i < packets; i++) {
            now += 20 * MILLI;
            sequence = sequence + 1 & 0xFFFF;
            heard += accepts(from, ssrc, sequence) ? 1 : 0;
        }
        return heard;
    }

    private boolean accepts(InetSocketAddress from, int ssrc, int number) {
        return latch.accept(from, packet(ssrc, number), now);
    }

    private RtpPacket packet(int ssrc, int number) {
        ByteBuf buffer = Unpooled.buffer().writeZero(RtpPacket.HEADER_BYTES);
        RtpPacket.setHeader(buffer, 0, 0, number & 0xFFFF, 0, ssrc);
        assertThat(packet.parse(buffer)).isTrue();
        return packet;
    }
}
