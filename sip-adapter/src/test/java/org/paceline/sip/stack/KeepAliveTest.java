package org.paceline.sip.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepAliveTest {

    private static byte @Nullable [] answer(byte[] data, String source, int port) {
        return KeepAlive.answer(data, data.length, InetAddress.ofLiteral(source), port);
    }

    @Test
    void shouldAnswerAnEmptyLineTwiceWithOne() {
        assertThat(answer("\r\n\r\n".getBytes(StandardCharsets.US_ASCII), "192.0.2.1", 5060))
                .isEqualTo("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** RFC 5769 §2.2: the address of the test vectors. */
    @Test
    void shouldTellWhereABindingRequestCameFrom() {
        byte[] request = HexFormat.of().parseHex("000100002112a442b7e7a701bc34d686fa87dfae");

        assertThat(answer(request, "192.0.2.1", 32_853))
                .isEqualTo(HexFormat.of()
                        .parseHex("0101000c2112a442b7e7a701bc34d686fa87dfae" + "002000080001a147e112a643"));
        assertThat(answer(request, "2001:db8:1234:5678:11:2233:4455:6677", 32_853))
                .isEqualTo(HexFormat.of()
                        .parseHex("010100182112a442b7e7a701bc34d686fa87dfae"
                                + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0d0a",
                "0d0a0d0a0d0a",
                "000100002112a442b7e7a701bc34d686fa87df",
                "000100042112a442b7e7a701bc34d686fa87dfae",
                "000100002112a443b7e7a701bc34d686fa87dfae",
                "010100002112a442b7e7a701bc34d686fa87dfae"
            })
    void shouldLeaveEverythingElse(String hex) {
        assertThat(answer(HexFormat.of().parseHex(hex), "192.0.2.1", 5060)).isNull();
    }
}
