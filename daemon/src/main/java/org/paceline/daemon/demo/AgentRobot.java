package org.paceline.daemon.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent at the desk, over the HTTP API with a token of its own: signs in, is ready, and after each call types for a
 * while before the next. Thread: its own, virtual.
 */
final class AgentRobot {
    private static final Logger LOG = LoggerFactory.getLogger(AgentRobot.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LOOK_MILLIS = 250;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client;
    private final String name;
    private final String base;
    private final Random random;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    AgentRobot(HttpClient client, String apiUrl, String name, long seed) {
        this.client = client;
        this.name = name;
        this.base = apiUrl + "/api/agents/" + name;
        this.random = new Random(seed + name.hashCode());
        this.thread = Thread.ofVirtual().name("robot-" + name).start(this::work);
    }

    private void work() {
        try {
            post("sign-in", "");
            post("ready", "");
            while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                JsonNode agent = look();
                if (agent.path("state").asText().equals("WRAP_UP")) {
                    afterCallWork(agent.path("call").asText());
                }
            }
            post("sign-out", "");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("robot={} event=gave-up reason=\"{}\"", name, e.getMessage());
        }
    }

    private void afterCallWork(String call) throws IOException, InterruptedException {
        if (!stop.await(500 + random.nextInt(1_000), TimeUnit.MILLISECONDS)) {
            String disposition = random.nextInt(4) == 0 ? "sold" : "not-interested";
            post("end-wrap-up", "{\"call\": \"" + call + "\", \"disposition\": \"" + disposition + "\"}");
        }
    }

    private JsonNode look() throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request("").GET().build(), HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body());
    }

    /** Posts a command. A refusal is ignored, as a real agent would see it too: the state changed in the meantime. */
    private void post(String command, String body) throws IOException, InterruptedException {
        HttpRequest request = request("/" + command)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            LOG.info(
                    "robot={} event=refused command={} status={} answer={}",
                    name,
                    command,
                    response.statusCode(),
                    response.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(REQUEST_TIMEOUT)
                .header("Authorization", "Bearer " + DemoFiles.token(name));
    }

    /** Signs out and goes home; waits a few seconds at most. */
    void goHome() throws InterruptedException {
        stop.countDown();
        if (!thread.join(REQUEST_TIMEOUT)) {
            thread.interrupt();
        }
    }
}
