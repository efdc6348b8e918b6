package org.paceline.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.sip.wire.Framer.Frame;

class FramerTest {

    private final Framer framer = new Framer();

    @Test
    void shouldCutMessagesWhereverTheStreamIsBroken() {
        String first = "OPTIONS sip:a SIP/2.0\r\nl: 5\r\n\r\nhello";
        String second = "SIP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n";
        byte[] all = bytes(first + "\r\n\r\n" + second + first);
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<String> frames = new ArrayList<>();
            for (int at = 0; at < all.length; ) {
                int part = Math.min(1 + random.nextInt(20), all.length - at);
                frames.addAll(frames(Unpooled.wrappedBuffer(all, at, part)));
                at += part;
            }
            assertThat(frames).as("seed %d", seed).containsExactly(first, "ping", second, first);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3",
                "content-length:3",
                "L : 3",
                "Content-Length:\r\n  3",
                "Content-Length: 3 ",
                "Content-Length: 003",
                "Content-Length: 3\r\nContent-Length: 3"
            })
    void shouldReadTheLengthHoweverItIsWritten(String header) {
        assertThat(frames("A b SIP/2.0\r\n" + header + "\r\n\r\nabcdef").getFirst())
                .endsWith("\r\n\r\nabc");
    }

    @ParameterizedTest
    @CsvSource({
        "'X: 1', 400 Missing Content-Length",
        "'Content-Length: -1', 400 Bad Content-Length",
        "'Content-Length: 1x', 400 Bad Content-Length",
        "'Content-Length: 99999999999', 400 Bad Content-Length",
        "'Content-Length: 1|Content-Length: 2', 400 Bad Content-Length",
        "'Content-Length: 65536', 413 Body Too Long"
    })
    void shouldRefuseALengthThatCannotBe(String header, String refusal) {
        assertThat(frames("A b SIP/2.0\r\n" + header.replace("|", "\r\n") + "\r\n\r\nabc"))
                .first()
                .isEqualTo(refusal);
    }

    @Test
    void shouldRefuseHeadersWithoutEnd() {
        assertThat(frames("A b SIP/2.0\r\nX: " + "y".repeat(Framer.MOST_HEAD))).containsExactly("513 Headers Too Long");
    }

    @Test
    void shouldKnowThatAMessageHasBegun() {
        assertThat(framer.isWithinMessage()).isFalse();
        frames("\r\n");
        assertThat(framer.isWithinMessage()).isFalse();
        frames("A");
        assertThat(framer.isWithinMessage()).isTrue();
    }

    private List<String> frames(String text) {
        return frames(Unpooled.wrappedBuffer(bytes(text)));
    }

    /** Takes bytes up to their end, or to what cannot be framed. */
    private List<String> frames(ByteBuf in) {
        List<String> all = new ArrayList<>();
        while (true) {
            switch (framer.next(in)) {
                case null -> {
                    return all;
                }
                case Frame.Message(byte[] message) -> all.add(new String(message, StandardCharsets.ISO_8859_1));
                case Frame.Ping _ -> all.add("ping");
                case Frame.Broken(byte[] _, int status, String reason) -> {
                    all.add(status + " " + reason);
                    return all;
                }
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
