package org.paceline.daemon.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class StepwiseWorkTest {
    private static final Duration LIMIT = Duration.ofMillis(50);

    @Test
    void shouldGiveUpWhenAStepDoesNotEnd() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> StepwiseWork.run("opens", LIMIT, _ -> await(never)))
                .isInstanceOf(TimeoutException.class);
        never.countDown();
    }

    @Test
    void shouldGoOnWhileThereAreSteps() throws Exception {
        long until = System.nanoTime() + 4 * LIMIT.toNanos();
        assertThat(StepwiseWork.<String>run("opens", LIMIT, step -> {
                    while (System.nanoTime() < until) {
                        step.run();
                    }
                    return "open";
                }))
                .isEqualTo("open");
    }

    @Test
    void shouldThrowWhatTheWorkThrew() {
        assertThatThrownBy(() -> StepwiseWork.run("opens", LIMIT, _ -> {
                    throw new IOException("no such folder");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no such folder");
    }

    private static String await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
            return "";
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
