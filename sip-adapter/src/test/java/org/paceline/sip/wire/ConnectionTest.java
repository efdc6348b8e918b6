package org.paceline.sip.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private final List<String> told = new ArrayList<>();
    private final Connection connection = new Connection(
            new Remote(new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060), false, null),
            true,
            new Told(),
            System.nanoTime());
    private final EmbeddedChannel channel = new EmbeddedChannel(connection.handler());

    @Test
    void shouldCloseOnAMessageThatDoesNotComeToItsEnd() {
        receive("OPTIONS sip:a");
        connection.check(System.nanoTime() + Connection.MESSAGE_NANOS - 1_000_000_000);
        assertThat(channel.isOpen()).isTrue();
        receive("@b");
        connection.check(System.nanoTime() + Connection.MESSAGE_NANOS + 1);

        assertThat(told).containsExactly("opened", "a message did not come to its end in 10 s");
    }

    @Test
    void shouldCloseWhenNothingComesAfterARequest() {
        long now = System.nanoTime();
        connection.send(bytes("INVITE"), true, now + 1);
        connection.check(now + Connection.UNHEARD_NANOS);
        assertThat(channel.isOpen()).isTrue();
        connection.check(now + Connection.UNHEARD_NANOS + 2);

        assertThat(told).containsExactly("opened", "nothing came for 20 s after a request");
    }

    @Test
    void shouldStayWhenSomethingComesAfterARequest() {
        long now = System.nanoTime();
        connection.send(bytes("INVITE"), true, now + 1);
        receive("SIP/2.0 100 Trying\r\nContent-Length: 0\r\n\r\n");
        connection.check(now + Connection.UNHEARD_NANOS + 2);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void shouldCloseWhenNothingComesForLong() {
        connection.check(System.nanoTime() + Connection.IDLE_NANOS + 1);

        assertThat(told).containsExactly("opened", "nothing came for 1800 s");
    }

    @Test
    void shouldCloseOnAPeerThatDoesNotRead() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        connection.send(bytes("INVITE"), true, System.nanoTime());

        assertThat(told).containsExactly("opened", "the peer does not read what is sent to it");
    }

    @Test
    void shouldTakeNothingBehindWhatCannotBeFramed() {
        receive("OPTIONS sip:a SIP/2.0\r\n\r\nOPTIONS sip:b SIP/2.0\r\nContent-Length: 0\r\n\r\n");

        assertThat(told).containsExactly("opened", "refused 400", "Missing Content-Length");
        ByteBuf reply = channel.readOutbound();
        assertThat(reply.toString(StandardCharsets.ISO_8859_1)).isEqualTo("refusal");
        reply.release();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private final class Told implements Connection.Events {

        @Override
        public void message(Connection from, byte[] bytes) {
            told.add(new String(bytes, StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse(""));
        }

        @Override
        public byte @Nullable [] broken(Connection from, byte[] start, int status, String reason) {
            told.add("refused " + status);
            return bytes("refusal");
        }

        @Override
        public void opened(Connection opened) {
            told.add("opened");
        }

        @Override
        public void closed(Connection closed, String reason) {
            told.add(reason);
        }
    }
}
