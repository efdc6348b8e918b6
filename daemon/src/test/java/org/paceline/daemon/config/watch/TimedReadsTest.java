package org.paceline.daemon.config.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.dialer.threads.ThreadWatch;

class TimedReadsTest {
    private static final Path FILE = Path.of("far/away.yaml");

    @TempDir
    private Path folder;

    private final TimedReads reads = new TimedReads(ThreadWatch.endingTheProcess(), 50);

    @Test
    void shouldGiveWhatIsReadAndWhatIsWrong() throws Exception {
        assertThat(reads.within(FILE, () -> "text")).isEqualTo("text");
        assertThatIOException()
                .isThrownBy(() -> reads.within(FILE, () -> {
                    throw new IOException("is a folder");
                }))
                .withMessage("is a folder");
    }

    @Test
    void shouldGiveUpAReadThatHangsAndBeginItAgainOnlyWhenItCameBack() throws Exception {
        CountDownLatch drive = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            assertThatIOException()
                    .isThrownBy(() -> reads.within(FILE, () -> {
                        begun.incrementAndGet();
                        drive.await();
                        return "late";
                    }))
                    .withMessage("did not answer within 50 ms: is its drive there?");
        }
        assertThat(begun).hasValue(1);
        assertThat(reads.within(Path.of("other.yaml"), () -> "other")).isEqualTo("other");

        drive.countDown();
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> reads.within(FILE, () -> "again").equals("again"));
    }

    @Test
    void shouldNotHoldUpTheThreadsOfTheApiWhileDrivesHang() throws Exception {
        int drives = Runtime.getRuntime().availableProcessors() + 1;
        for (int i = 0; i < drives; i++) {
            Path fifo = folder.resolve("drive-" + i);
            assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                    .isZero();
            assertThatIOException()
                    .isThrownBy(() -> reads.within(fifo, () -> Files.readString(fifo)))
                    .withMessageStartingWith("did not answer");
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> answer.complete("of the API"));
        try {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo("of the API");
        } finally {
            for (int i = 0; i < drives; i++) {
                Files.writeString(folder.resolve("drive-" + i), "back");
            }
        }
    }
}
