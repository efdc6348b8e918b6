package org.paceline.sip.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.paceline.sip.audio.G711;

/** Levels instead of speech, on a clock of the test's own that begins with the answer. */
class GreetingDetectorTest {

    private static final int LOUD = 3_000;
    private static final int NOISE = GreetingDetector.THRESHOLD / 2;

    private final List<String> told = new ArrayList<>();
    private final GreetingDetector detector = new GreetingDetector(new GreetingListener() {
        @Override
        public void greetingBegan(long atNanos) {
            told.add("began " + (atNanos - ANSWER) / 1_000_000);
        }

        @Override
        public void greetingEnded(long atNanos) {
            told.add("ended " + (atNanos - ANSWER) / 1_000_000);
        }
    });
    private static final long ANSWER = Long.MAX_VALUE - 1_000_000_000L;
    private long now = ANSWER;

    @Test
    void shouldTellWhereTheFirstWordsBeginAndEnd() {
        hears(500, NOISE).hears(1_200, LOUD);
        assertThat(told).containsExactly("began 500");
        hears(780, NOISE);
        assertThat(told).hasSize(1);
        hears(20, NOISE);
        assertThat(told).containsExactly("began 500", "ended 1700");
    }

    @Test
    void shouldTellEachOnce() {
        for (int i = 0; i < 3; i++) {
            hears(400, LOUD).hears(2_000, NOISE);
        }
        assertThat(told).containsExactly("began 0", "ended 400");
    }

    @Test
    void shouldNotEndWithinAGreeting() {
        hears(400, LOUD).hears(700, NOISE).hears(400, LOUD).hears(700, 0).hears(100, LOUD);
        assertThat(told).containsExactly("began 0");
        hears(1_000, 0);
        assertThat(told).containsExactly("began 0", "ended 2300");
    }

    @Test
    void shouldTakeAClickForNoWord() {
        for (int i = 0; i < 10; i++) {
            hears(40, LOUD).hears(60, 0);
        }
        assertThat(told).isEmpty();
        hears(60, LOUD).sendsNothing(300).hears(60, LOUD);
        assertThat(told).isEmpty();
    }

    @Test
    void shouldKeepAWordTogetherThatIsCloven() {
        hears(60, LOUD).hears(40, 0).hears(40, LOUD);
        assertThat(told).containsExactly("began 0");
    }

    /** Silence suppression (RFC 3551 §4.1): no packet comes, time passes. */
    @Test
    void shouldHearTheEndOfWhoSendsNothingWhileSilent() {
        hears(600, LOUD).sendsNothing(780);
        assertThat(told).containsExactly("began 0");
        sendsNothing(20);
        assertThat(told).containsExactly("began 0", "ended 600");
    }

    /** The silence of a second, held up on the way and delivered at once. */
    @Test
    void shouldCountSilenceByTheMediasTimeToo() {
        hears(600, LOUD);
        for (int i = 0; i < 50; i++) {
            packet(160, 0);
        }
        assertThat(told).containsExactly("began 0", "ended 600");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 20, 30, 60, 120, 200})
    void shouldHearPacketsOfAnyLength(int packetMillis) {
        for (int i = 0; i < 600; i += packetMillis) {
            sendsNothing(packetMillis);
            packet(8 * packetMillis, LOUD);
        }
        assertThat(told).containsExactly("began 0");
    }

    @ParameterizedTest
    @CsvSource({"PCMU, 1.1, true", "PCMU, 0.9, false", "PCMA, 1.1, true", "PCMA, 0.9, false"})
    void shouldTellSoundFromSilenceByTheThreshold(G711 law, double ofThreshold, boolean isSound) {
        ByteBuf audio = level(law, 160, (int) (GreetingDetector.THRESHOLD * ofThreshold));
        for (int i = 0; i < 10; i++) {
            now += 20_000_000;
            detector.packet(law, audio, 0, 160, now);
        }
        assertThat(told).hasSize(isSound ? 1 : 0);
    }

    private GreetingDetectorTest hears(int millis, int level) {
        for (int i = 0; i < millis; i += 20) {
            now += 20_000_000;
            packet(160, level);
            detector.time(now);
        }
        return this;
    }

    private GreetingDetectorTest sendsNothing(int millis) {
        for (int i = 0; i < millis; i += 10) {
            now += 10_000_000;
            detector.time(now);
        }
        return this;
    }

    private void packet(int samples, int level) {
        detector.packet(G711.PCMU, level(G711.PCMU, samples, level), 0, samples, now);
    }

    private static ByteBuf level(G711 law, int samples, int level) {
        ByteBuf audio = Unpooled.buffer(samples);
        for (int i = 0; i < samples; i++) {
            audio.writeByte(law.encode((short) (i % 2 == 0 ? level : -level)));
        }
        return audio;
    }
}
