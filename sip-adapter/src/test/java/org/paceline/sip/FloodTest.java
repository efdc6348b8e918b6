package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.paceline.dialer.call.Outcome;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallFailed;
import org.paceline.dialer.event.Event.CallRinging;
import org.paceline.dialer.id.CallId;

/** What happens many times over: cancels, stray responses, strangers, nonsense. */
@Timeout(120)
class FloodTest {

    @Test
    void shouldGetTheFinalAnswerOfEveryCancelledCall() throws IOException {
        int calls = 2_000;
        try (RawPeer peer = new RawPeer();
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port());
                Terminator carrier = new Terminator(peer)) {
            for (int i = 0; i < calls; i++) {
                // The cancel, not the ring limit, ends them, however slow the machine is.
                dialer.dial(600_000);
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> dialer.events.of(CallRinging.class).size() == calls);
            for (CallRinging ringing : dialer.events.of(CallRinging.class)) {
                dialer.telephony.cancel(ringing.call());
            }

            Awaitility.await().until(() -> dialer.events.of(CallFailed.class).size() == calls);
            assertThat(dialer.events.of(CallFailed.class))
                    .allMatch(failed -> failed.outcome() == Outcome.CANCELLED
                            && failed.cause().sipStatus() == 487);
            assertThat(carrier.cancels.get()).isGreaterThanOrEqualTo(calls);
            assertThat(dialer.events.endings()).isEqualTo(calls);
        }
    }

    @Test
    void shouldDropResponsesThatBelongToNothing() throws IOException {
        int strays = 5_000;
        try (RawPeer peer = new RawPeer();
                RawPeer stranger = new RawPeer("127.0.0.2");
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port())) {
            CallId call = dialer.dial();
            String invite = peer.receive("INVITE ");
            for (int i = 0; i < strays; i++) {
                stranger.send(spoofedAnswer(i), dialer.telephony.port());
                if (i % 100 == 0) {
                    long sent = i;
                    Awaitility.await().until(() -> dialer.counter("stray_responses") >= sent - 100);
                }
            }

            dialer.awaitCounter("stray_responses", strays);
            assertThat(stranger.isSilent("", 200)).isTrue();
            peer.answerWithSession(invite, "200 OK", "a");
            assertThat(dialer.await(CallAnswered.class).call()).isEqualTo(call);
        }
    }

    @Test
    void shouldNotAnswerStrangers() throws IOException {
        try (RawPeer peer = new RawPeer();
                RawPeer stranger = new RawPeer("127.0.0.2");
                TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port())) {
            stranger.send(options("127.0.0.2", stranger.port()), dialer.telephony.port());
            stranger.send("INVITE nonsense that no parser takes\r\n\r\n", dialer.telephony.port());

            dialer.awaitCounter("dropped_requests", 2);
            assertThat(stranger.isSilent("", 300)).isTrue();
            peer.send(options("127.0.0.1", peer.port()), dialer.telephony.port());
            assertThat(peer.receive("SIP/2.0 200")).contains("Allow: ");
        }
    }

    private static String spoofedAnswer(int number) {
        return crLf("""
                SIP/2.0 200 OK
                Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKspoofed%d
                From: <sip:a@example.com>;tag=1
                To: <sip:b@example.com>;tag=2
                Call-ID: %d@example.com
                CSeq: 1 %s
                Contact: <sip:b@127.0.0.2>
                Content-Length: 0

                """.formatted(number, number, number % 2 == 0 ? "INVITE" : "BYE"));
    }

    private static String options(String host, int port) {
        return crLf("""
                OPTIONS sip:x@127.0.0.1 SIP/2.0
                Via: SIP/2.0/UDP %s:%d;branch=z9hG4bK1
                From: <sip:scanner@example.com>;tag=1
                To: <sip:x@127.0.0.1>
                Call-ID: scan
                CSeq: 1 OPTIONS
                Max-Forwards: 70
                Content-Length: 0

                """.formatted(host, port));
    }

    private static String crLf(String text) {
        return text.replace("\n", "\r\n");
    }

    /** Lets calls ring, and terminates them when they are cancelled. */
    private static final class Terminator implements AutoCloseable {
        private final AtomicInteger cancels = new AtomicInteger();
        private final Thread thread;
        private volatile boolean running = true;

        Terminator(RawPeer peer) {
            thread = Thread.ofPlatform().daemon().name("terminator").start(() -> {
                while (running) {
                    serve(peer);
                }
            });
        }

        private void serve(RawPeer peer) {
            String request;
            try {
                request = peer.receive(message -> true);
            } catch (UncheckedIOException e) {
                // The socket was closed, or nothing came for long.
                return;
            }
            if (request.startsWith("INVITE ")) {
                peer.answer(request, "180 Ringing", "a");
            } else if (request.startsWith("CANCEL ")) {
                cancels.incrementAndGet();
                peer.answer(request, "200 OK", "a");
                peer.answer(request.replace(" CANCEL\r\n", " INVITE\r\n"), "487 Request Terminated", "a");
            }
        }

        @Override
        public void close() {
            running = false;
            thread.interrupt();
        }
    }
}
