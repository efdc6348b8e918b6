package org.paceline.sip.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class MailboxTest {

    @Test
    void shouldRunTasksOneAfterTheOtherInTheOrderOfEachGiver() throws InterruptedException {
        int givers = 4;
        int each = 5_000;
        Mailbox mailbox = new Mailbox(MailboxTest::unexpected);
        // A plain list: it would break if two tasks ran at once.
        List<int[]> done = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = IntStream.range(0, givers)
                .mapToObj(giver -> Thread.ofPlatform().start(() -> {
                    awaitUninterruptibly(start);
                    for (int i = 0; i < each; i++) {
                        int number = i;
                        mailbox.run(() -> done.add(new int[] {giver, number}));
                    }
                }))
                .toList();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        Awaitility.await().until(() -> done.size() == givers * each);
        int[] next = new int[givers];
        for (int[] task : done) {
            assertThat(task[1]).isEqualTo(next[task[0]]++);
        }
    }

    @Test
    void shouldRunWhatATaskGivesAfterThatTask() {
        Mailbox mailbox = new Mailbox(MailboxTest::unexpected);
        List<String> done = new ArrayList<>();
        mailbox.run(() -> {
            mailbox.run(() -> done.add("inner"));
            done.add("outer");
        });

        assertThat(done).containsExactly("outer", "inner");
    }

    @Test
    void shouldTellOfATaskThatFailsBeforeItGoesOn() {
        List<String> done = new ArrayList<>();
        Mailbox mailbox = new Mailbox(thrown -> done.add(String.valueOf(thrown.getMessage())));
        mailbox.run(() -> {
            mailbox.run(() -> done.add("next"));
            throw new IllegalStateException("as asked");
        });

        assertThat(done).containsExactly("as asked", "next");
    }

    @Test
    void shouldGoOnWhenWhoIsToldFailsToo() {
        Mailbox mailbox = new Mailbox(MailboxTest::unexpected);
        List<String> done = new ArrayList<>();
        mailbox.run(() -> {
            throw new IllegalStateException("as asked");
        });
        mailbox.run(() -> done.add("next"));

        assertThat(done).containsExactly("next");
    }

    private static void unexpected(Throwable thrown) {
        throw new IllegalStateException("a task failed", thrown);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
