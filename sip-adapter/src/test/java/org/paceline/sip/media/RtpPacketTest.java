package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {

    private final RtpPacket packet = new RtpPacket();

    @Test
    void shouldReadWhatItWrote() {
        ByteBuf buffer = Unpooled.buffer().writeZero(15).writeByte(0x55);
        RtpPacket.setHeader(buffer, 0, 0x80 | 8, 65535, 0xFEDCBA98, 0x12345678);
        assertThat(packet.parse(buffer)).isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(8);
        assertThat(packet.sequence()).isEqualTo(65535);
        assertThat(packet.timestamp()).isEqualTo(0xFEDCBA98);
        assertThat(packet.ssrc()).isEqualTo(0x12345678);
        assertThat(packet.payloadIndex()).isEqualTo(12);
        assertThat(packet.payloadLength()).isEqualTo(4);
    }

    @Test
    void shouldFindThePayloadBehindSourcesExtensionAndPadding() {
        // version 2, padding, extension, 2 CSRC; the extension has one word; 3 bytes of payload; 2 of padding
        ByteBuf buffer = hex("b200000100000002000000030000000a0000000bbede000101020304aabbcc0002");
        assertThat(packet.parse(buffer)).isTrue();
        assertThat(packet.payloadIndex()).isEqualTo(28);
        assertThat(packet.payloadLength()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "80000001000000020000", // cut in the header
                "400000010000000200000003", // version 1
                "8f0000010000000200000003", // 15 sources, none there
                "900000010000000200000003bede", // cut in the extension's header
                "900000010000000200000003bede000a01020304", // an extension longer than the packet
                "a00000010000000200000003", // padding without its length
                "a0000001000000020000000300", // padding of no byte
                "a000000100000002000000030a" // more padding than packet
            })
    void shouldRefuse(String packetAsHex) {
        assertThat(packet.parse(hex(packetAsHex))).isFalse();
    }

    @Test
    void shouldTellRtcpApart() {
        assertThat(packet.parse(hex("80c8000600000001000000000000000000000000")))
                .isTrue();
        assertThat(packet.isRtcp()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261122})
    void shouldNeverThrowNorPointOutsideThePacket(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100_000; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
            }
            ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
            if (packet.parse(buffer)) {
                assertThat(packet.payloadIndex()).isBetween(12, bytes.length);
                assertThat(packet.payloadLength()).isBetween(0, bytes.length - packet.payloadIndex());
            }
        }
    }

    private static ByteBuf hex(String text) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(text));
    }
}
