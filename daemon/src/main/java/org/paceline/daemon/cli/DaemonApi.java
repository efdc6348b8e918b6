package org.paceline.daemon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The API of a running daemon, as a command asks it. Thread: one at a time. */
final class DaemonApi implements AutoCloseable {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final String command;
    private final URI url;
    private final String token;
    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    DaemonApi(String command, URI url, String token) {
        this.command = command;
        this.url = url;
        this.token = token;
    }

    /** The daemon does not answer; it may be starting anew. */
    static final class NotThere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotThere(String message) {
            super(message);
        }
    }

    /**
     * Asks for what is at a path.
     *
     * @param query keys and values behind the path
     * @throws NotThere where the daemon does not answer
     * @throws CommandFailed with one line, where it refuses
     */
    <T> T get(String path, Map<String, String> query, Class<T> type) throws InterruptedException {
        String keys = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path + keys))
                .timeout(ANSWER_LIMIT)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw refused(answer);
            }
            return json.readValue(answer.body(), type);
        } catch (ConnectException | HttpTimeoutException e) {
            throw new NotThere(command + ": no daemon answers at " + url
                    + ": is it running? Its log tells its address in event=ready; --url names another one");
        } catch (IOException e) {
            throw new NotThere(command + ": " + url + " does not answer as a daemon does: " + e.getMessage());
        }
    }

    private CommandFailed refused(HttpResponse<byte[]> answer) {
        String said;
        try {
            JsonNode error = json.readTree(answer.body()).path("error");
            said = error.isTextual() ? error.asText() : "status " + answer.statusCode();
        } catch (IOException e) {
            said = "status " + answer.statusCode() + ", not in JSON: is that the daemon's API?";
        }
        return new CommandFailed(command + ": " + said);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
