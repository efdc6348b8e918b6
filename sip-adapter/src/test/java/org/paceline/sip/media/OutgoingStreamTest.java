package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingStreamTest {

    private static final long FRAME_NANOS = 20_000_000L;

    private final OutgoingStream stream = new OutgoingStream(new Random(7));
    private final RtpPacket packet = new RtpPacket();
    private long now = 1_000_000_000L;
    private int sequence;
    private int timestamp;

    @BeforeEach
    void givenAFirstPacket() {
        assertThat(relay(1, 500, 10_000)).isTrue();
        sequence = stream.sequence();
        timestamp = stream.timestamp();
    }

    @Test
    void shouldBeginWithAMarker() {
        assertThat(stream.marker()).isTrue();
        wait20();
        relay(1, 501, 10_160);
        assertThat(stream.marker()).isFalse();
    }

    @Test
    void shouldKeepOrderGapsAndReorderingOfOneSource() {
        relay(1, 502, 10_320);
        thenSent(sequence + 2, timestamp + 320);
        relay(1, 501, 10_160);
        thenSent(sequence + 1, timestamp + 160);
        relay(1, 505, 10_800);
        thenSent(sequence + 5, timestamp + 800);
    }

    @Test
    void shouldGoOnWithoutABreakFromOneCustomerToTheNext() {
        for (int i = 1; i <= 100; i++) {
            wait20();
            relay(1, 500 + i, 10_000 + 160 * i);
        }
        thenSent(sequence + 100, timestamp + 16_000);
        now += 3_000_000_000L;
        stream.endSource();
        relay(99, 7, -5);
        thenSent(sequence + 101, timestamp + 16_000 + 24_000);
        assertThat(stream.marker()).isTrue();
        wait20();
        relay(99, 8, 155);
        thenSent(sequence + 102, timestamp + 16_000 + 24_160);
    }

    @Test
    void shouldPutItsOwnFramesInLine() {
        now += 10 * FRAME_NANOS;
        stream.next(false, now);
        thenSent(sequence + 1, timestamp + 1600);
        assertThat(stream.marker()).isTrue();
        now += FRAME_NANOS + 9_000_000;
        stream.next(true, now);
        thenSent(sequence + 2, timestamp + 1760);
        assertThat(stream.marker()).isFalse();
        relay(1, 700, 40_000);
        thenSent(sequence + 3, timestamp + 1920);
    }

    @Test
    void shouldDropWhatIsOlderThanTheSwitch() {
        stream.endSource();
        wait20();
        relay(1, 510, 11_600);
        assertThat(relay(1, 509, 11_440)).isFalse();
        assertThat(relay(1, 511, 11_760)).isTrue();
    }

    @Test
    void shouldTakeARestartedSourceAsANewOne() {
        wait20();
        relay(2, 40_000, 0);
        thenSent(sequence + 1, timestamp + 160);
        wait20();
        relay(2, 20_000, 160);
        thenSent(sequence + 2, timestamp + 320);
        wait20();
        relay(2, 20_001, 900_000_000);
        thenSent(sequence + 3, timestamp + 480);
        assertThat(stream.marker()).isTrue();
    }

    @Test
    void shouldKeepTheTimestampOfATelephoneEvent() {
        for (int i = 1; i <= 5; i++) {
            wait20();
            relay(1, 500 + i, 10_160);
            thenSent(sequence + i, timestamp + 160);
        }
        wait20();
        relay(1, 506, 10_960);
        thenSent(sequence + 6, timestamp + 960);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldNeverRepeatNorGoBackWhateverTheSourcesDo(long seed) {
        Random random = new Random(seed);
        int last = stream.sequence();
        int lastTime = stream.timestamp();
        int ssrc = 0;
        int source = 0;
        int time = 0;
        for (int step = 0; step < 50_000; step++) {
            now += random.nextInt(2) * FRAME_NANOS + 1;
            int dice = random.nextInt(100);
            if (dice < 5) {
                stream.endSource();
                source = random.nextInt();
                time = random.nextInt();
                ssrc = random.nextInt();
            }
            if (dice < 20) {
                stream.next(dice < 15, now);
            } else {
                source++;
                time += 160;
                relay(ssrc, source & 0xFFFF, time);
            }
            assertThat((short) (stream.sequence() - last)).as("step %d", step).isEqualTo((short) 1);
            assertThat(stream.timestamp() - lastTime).as("step %d", step).isPositive();
            last = stream.sequence();
            lastTime = stream.timestamp();
        }
    }

    private boolean relay(int ssrc, int seq, int time) {
        ByteBuf buffer = Unpooled.buffer().writeZero(172);
        RtpPacket.setHeader(buffer, 0, 0, seq, time, ssrc);
        assertThat(packet.parse(buffer)).isTrue();
        return stream.map(packet, now);
    }

    private void wait20() {
        now += FRAME_NANOS;
    }

    private void thenSent(int expectedSequence, int expectedTimestamp) {
        assertThat(stream.sequence()).isEqualTo(expectedSequence & 0xFFFF);
        assertThat(stream.timestamp()).isEqualTo(expectedTimestamp);
    }
}
