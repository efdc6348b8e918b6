package org.paceline.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.dialer.call.Announcement;
import org.paceline.dialer.call.CallCause;
import org.paceline.dialer.call.HangUpCause;
import org.paceline.dialer.call.HungUpBy;
import org.paceline.dialer.event.Event.CallAnswered;
import org.paceline.dialer.event.Event.CallHungUp;
import org.paceline.dialer.id.CallId;

/** What ends an answered call besides its two sides. */
@Timeout(60)
class AnsweredCallTest {

    private RawPeer peer;

    @BeforeEach
    void start() throws IOException {
        peer = new RawPeer();
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void shouldHangUpAfterTheAnnouncement(@TempDir Path folder) throws IOException {
        Path sound = folder.resolve("sorry.wav");
        AudioFormat format = new AudioFormat(8_000, 16, 1, true, false);
        byte[] halfASecond = new byte[8_000];
        try (AudioInputStream audio =
                new AudioInputStream(new ByteArrayInputStream(halfASecond), format, halfASecond.length / 2)) {
            AudioSystem.write(audio, AudioFileFormat.Type.WAVE, sound.toFile());
        }
        try (TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port())) {
            CallId call = answered(dialer);
            dialer.telephony.announce(call, new Announcement(sound.toString()));

            peer.answer(peer.receive("BYE "), "200 OK", "a");
            assertThat(dialer.await(CallHungUp.class))
                    .isEqualTo(new CallHungUp(call, HungUpBy.ANNOUNCEMENT_END, CallCause.NONE));
        }
    }

    @Test
    void shouldHangUpWhenTheAnnouncementCannotBePlayed() throws IOException {
        try (TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port())) {
            CallId call = answered(dialer);
            dialer.telephony.announce(call, new Announcement("/no/such/sound.wav"));

            peer.answer(peer.receive("BYE "), "200 OK", "a");
            assertThat(dialer.await(CallHungUp.class).by()).isEqualTo(HungUpBy.ANNOUNCEMENT_END);
        }
    }

    @Test
    void shouldHangUpWhenNoRtpComes() throws IOException {
        try (TelephonyFixture dialer = TelephonyFixture.withSilenceLimit(peer.port(), 500)) {
            CallId call = answered(dialer);

            peer.answer(peer.receive("BYE "), "200 OK", "a");
            assertThat(dialer.await(CallHungUp.class))
                    .isEqualTo(new CallHungUp(call, HungUpBy.MEDIA_TIMEOUT, CallCause.NONE));
        }
    }

    @Test
    void shouldNotWaitForTheAnswerToItsBye() throws IOException {
        try (TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port())) {
            CallId call = answered(dialer);
            dialer.telephony.hangUp(call, HangUpCause.DRAIN_TIMEOUT);

            assertThat(dialer.await(CallHungUp.class).by()).isEqualTo(HungUpBy.US);
            peer.receive("BYE ");
            peer.receive("BYE ");
        }
    }

    @Test
    void shouldEndEveryCallWhenItIsClosed() throws IOException {
        RecordedEvents events;
        try (TelephonyFixture dialer = new TelephonyFixture("127.0.0.1", peer.port())) {
            events = dialer.events;
            answered(dialer);
            dialer.dial();
            dialer.dial();
        }

        assertThat(events.endings()).isEqualTo(3);
    }

    private CallId answered(TelephonyFixture dialer) {
        CallId call = dialer.dial();
        peer.answerWithSession(peer.receive("INVITE "), "200 OK", "a");
        dialer.await(CallAnswered.class);
        return call;
    }
}
