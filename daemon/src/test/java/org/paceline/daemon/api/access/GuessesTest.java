package org.paceline.daemon.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GuessesTest {
    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
    private final Guesses guesses = new Guesses(3, 5, nanos::get);

    private boolean wrong(String source) {
        return guesses.mayTry(source, "wrong");
    }

    @Test
    void shouldBoundWrongTokensOfASourceAndGiveTriesBackOverAMinute() {
        assertThat(wrong("a")).isTrue();
        assertThat(wrong("a")).isTrue();
        assertThat(wrong("a")).isTrue();
        assertThat(wrong("a")).isFalse();
        assertThat(wrong("b")).isTrue();

        nanos.addAndGet(20_000_000_000L);
        assertThat(wrong("a")).isTrue();
        assertThat(wrong("a")).isFalse();
    }

    @Test
    void shouldBoundWrongTokensOfManySourcesTogether() {
        for (int i = 0; i < 5; i++) {
            assertThat(wrong("source " + i)).isTrue();
        }
        assertThat(wrong("another")).isFalse();
    }

    @Test
    void shouldNotCountRightTokens() {
        for (int i = 0; i < 50; i++) {
            assertThat(guesses.mayTry("a", "right " + i)).isTrue();
            guesses.right("a", "right " + i);
        }
    }

    @Test
    void shouldLetATokenInThatWasRightFromThereBeforeAndNoNewOneWhileSomebodyGuesses() {
        assertThat(guesses.mayTry("a", "alice")).isTrue();
        guesses.right("a", "alice");
        while (wrong("a")) {
            // uses up the tries
        }

        assertThat(guesses.mayTry("a", "alice")).isTrue();
        assertThat(guesses.mayTry("a", "bob")).isFalse();
    }
}
