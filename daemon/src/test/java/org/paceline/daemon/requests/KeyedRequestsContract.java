package org.paceline.daemon.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.paceline.daemon.Fixtures.NOON;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.paceline.daemon.database.DatabaseContract;
import org.paceline.daemon.requests.KeyedRequests.Begun;

/** What is promised of requests with a key, on any database. */
abstract class KeyedRequestsContract extends DatabaseContract {
    private final AtomicLong now = new AtomicLong(NOON);
    private KeyedRequests requests;

    @BeforeEach
    void openRequests() {
        requests = new KeyedRequests(database, now::get);
    }

    private Begun begin(String caller, String fingerprint) throws Exception {
        return requests.begin(caller, "key-1", fingerprint);
    }

    @Test
    void shouldAnswerTheSameAgainWithTheFirstOnesAnswer() throws Exception {
        assertThat(begin("agent:alice", "a")).isEqualTo(new Begun.First());
        requests.end("agent:alice", "key-1", 201, "{\"id\":\"1\"}");

        assertThat(begin("agent:alice", "a")).isEqualTo(new Begun.Answered(201, "{\"id\":\"1\"}"));
        assertThat(begin("agent:alice", "b")).isEqualTo(new Begun.OfAnother());
        assertThat(begin("supervisor:alice", "b")).isEqualTo(new Begun.First());
    }

    @Test
    void shouldNotLetARequestBeDoneAgainWhoseEndIsNotKnown() throws Exception {
        begin("agent:alice", "a");
        now.addAndGet(5);

        assertThat(begin("agent:alice", "a")).isEqualTo(new Begun.Unclear(NOON));
        requests.takeBack("agent:alice", "key-1");
        assertThat(begin("agent:alice", "a")).isEqualTo(new Begun.First());
    }

    @Test
    void shouldForgetAfterADay() throws Exception {
        begin("agent:alice", "a");
        requests.end("agent:alice", "key-1", 201, "x");
        now.addAndGet(KeyedRequests.KEPT_MILLIS - 1);
        assertThat(begin("agent:alice", "a")).isEqualTo(new Begun.Answered(201, "x"));
        now.addAndGet(1);
        assertThat(begin("agent:alice", "b")).isEqualTo(new Begun.First());
    }

    @Test
    void shouldLetOneOfManyAtOnceBeTheFirst() throws Exception {
        try (ExecutorService many = Executors.newFixedThreadPool(4)) {
            List<Callable<Begun>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(() -> begin("agent:alice", "a"));
            }
            List<Begun> answers = new ArrayList<>();
            for (Future<Begun> answer : many.invokeAll(all)) {
                answers.add(answer.get());
            }
            assertThat(answers).filteredOn(Begun.First.class::isInstance).hasSize(1);
            assertThat(answers).filteredOn(Begun.Unclear.class::isInstance).hasSize(3);
        }
    }
}
