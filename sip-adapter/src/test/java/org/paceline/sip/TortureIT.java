package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.id.CallId;

/** The torture messages of RFC 4475 and RFC 5118, sent from the trunk's address to a running stack. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class TortureIT {

    private RawPeer peer;
    private TelephonyFixture dialer;

    @BeforeAll
    void start() throws IOException {
        peer = new RawPeer();
        dialer = new TelephonyFixture("127.0.0.1", peer.port());
    }

    @AfterAll
    void stop() {
        dialer.close();
        peer.close();
    }

    static List<Path> messages() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(TortureIT.class.getResource("/sip-torture"))
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("messages")
    void shouldSurviveAndPlaceTheNextCall(Path message) throws IOException {
        for (int i = 0; i < 4; i++) {
            peer.send(Files.readAllBytes(message), dialer.telephony.port());
        }

        CallId call = dialer.dial();
        String invite = peer.receive(text -> text.startsWith("INVITE sip:+13055550123@127.0.0.1:" + peer.port()));
        peer.answerWithSession(invite, "200 OK", "a");
        Awaitility.await().until(() -> dialer.events.of(call).contains(new CallAnswered(call)));
        dialer.telephony.hangUp(call, HangUpCause.ABANDONED);
        peer.answer(peer.receive("BYE "), "200 OK", "a");
        assertThat(dialer.events.of(call)).last().isInstanceOf(CallHungUp.class);
        assertThat(dialer.counter("receive_errors")).isZero();
    }

    @Order(2)
    @Test
    void shouldKeepNoTransactionOfThem() {
        // Timers H and J end the longest of them after 64·T1.
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> dialer.counter("open_transactions") == 0);
        assertThat(dialer.counter("malformed_messages")).isPositive();
    }
}
