package org.paceline.daemon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.daemon.requests.KeyedRequests;
import org.paceline.dialer.agent.AgentState;
import org.paceline.dialer.agent.CommandResult;

class IdempotencyTest {
    private static final String COMPLAINT = "{\"number\": \"+13055550123\", \"text\": \"called at night\"}";

    @TempDir
    Path folder;

    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        api = new ApiFixture(folder);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private HttpResponse<String> complain(String token, String key, String body) throws Exception {
        return api.exchange("POST", "/api/complaints", token, body, "Idempotency-Key", key);
    }

    private long complaints() throws Exception {
        return api.send("GET", "/api/complaints", ApiFixture.BOSS, "").split("\"enteredAt\"", -1).length - 1L;
    }

    @Test
    void shouldMakeOneComplaintOfTheSamePostSentTwiceAcrossARestart() throws Exception {
        HttpResponse<String> first = complain(ApiFixture.ALICE, "k1", COMPLAINT);
        api.restart();
        HttpResponse<String> again = complain(ApiFixture.ALICE, "k1", COMPLAINT);

        assertThat(again.statusCode()).isEqualTo(first.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(complaints()).isEqualTo(1);
    }

    @Test
    void shouldMakeOneComplaintOfTwoPostsAtOnce() throws Exception {
        CompletableFuture<Integer> one = CompletableFuture.supplyAsync(this::status);
        CompletableFuture<Integer> other = CompletableFuture.supplyAsync(this::status);
        assertThat(one.join()).isIn(201, 409);
        assertThat(other.join()).isIn(201, 409);
        assertThat(complaints()).isEqualTo(1);
    }

    private int status() {
        try {
            return complain(ApiFixture.ALICE, "k1", COMPLAINT).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldRefuseARequestWithTwoKeys() throws Exception {
        HttpResponse<String> refused = api.exchange(
                "POST",
                "/api/complaints",
                ApiFixture.ALICE,
                COMPLAINT,
                "Idempotency-Key",
                "k1",
                "Idempotency-Key",
                "k2");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("'Idempotency-Key' stands twice");
        assertThat(complaints()).isZero();
    }

    @Test
    void shouldRefuseTheKeyForAnotherBodyAndTakeItFromAnotherSender() throws Exception {
        complain(ApiFixture.ALICE, "k1", COMPLAINT);
        assertThat(complain(ApiFixture.ALICE, "k1", COMPLAINT.replace("night", "dawn"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(complain(ApiFixture.BOB, "k1", COMPLAINT).statusCode()).isEqualTo(201);
        assertThat(complaints()).isEqualTo(2);
    }

    @Test
    void shouldLetTheKeyBeUsedAgainWhenNothingWasDone() throws Exception {
        assertThat(complain(ApiFixture.ALICE, "k1", "{\"text\": \"x\"}").statusCode())
                .isEqualTo(400);
        assertThat(complain(ApiFixture.ALICE, "k1", COMPLAINT).statusCode()).isEqualTo(201);
    }

    @Test
    void shouldNotDoAgainWhatADaemonThatDiedMayHaveDone() throws Exception {
        api.floor.failure = new IllegalStateException("died");
        String body = "{\"call\": \"7\", \"due\": \"2026-12-01T09:30:00Z\"}";
        HttpResponse<String> unclear =
                api.exchange("POST", "/api/agents/alice/callback", ApiFixture.ALICE, body, "Idempotency-Key", "k2");
        assertThat(unclear.statusCode()).isEqualTo(503);
        api.floor.failure = null;
        assertThat(api.exchange("POST", "/api/agents/alice/callback", ApiFixture.ALICE, body, "Idempotency-Key", "k2")
                        .statusCode())
                .isEqualTo(409);
        assertThat(api.floor.commands).hasSize(1);
    }

    @Test
    void shouldHandACommandToTheEngineOnce() throws Exception {
        api.floor.answer = _ -> new CommandResult.Done(AgentState.TALKING);
        for (int i = 0; i < 3; i++) {
            assertThat(api.exchange(
                                    "POST",
                                    "/api/agents/alice/callback",
                                    ApiFixture.ALICE,
                                    "{\"call\": \"7\", \"due\": \"2026-12-01T09:30:00Z\"}",
                                    "Idempotency-Key",
                                    "k3")
                            .body())
                    .isEqualTo("{\"agent\":\"alice\",\"state\":\"TALKING\"}");
        }
        assertThat(api.floor.commands).hasSize(1);
    }

    @Test
    void shouldForgetAKeyAfterADayAndRefuseOneThatIsNoKey() throws Exception {
        complain(ApiFixture.ALICE, "k1", COMPLAINT);
        api.now.addAndGet(KeyedRequests.KEPT_MILLIS);
        complain(ApiFixture.ALICE, "k1", COMPLAINT);
        assertThat(complaints()).isEqualTo(2);
        assertThat(complain(ApiFixture.ALICE, "two words", COMPLAINT).statusCode())
                .isEqualTo(400);
    }
}
