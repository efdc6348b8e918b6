package org.paceline.daemon.api;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.access.Tokens;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.config.Secret;
import org.paceline.daemon.requests.KeyedRequests;
import org.paceline.daemon.requests.KeyedRequests.Begun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does a POST with an {@code Idempotency-Key} once, however often it is sent within a day: a repeated request gets the
 * first one's answer. A request that was refused, or found no room, was not done, and its key may be used again.
 *
 * <p>Thread: any.
 */
final class Once {
    static final String HEADER = "Idempotency-Key";

    private static final Logger LOG = LoggerFactory.getLogger(Once.class);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final KeyedRequests requests;
    private final Tokens tokens;

    Once(KeyedRequests requests, Tokens tokens) {
        this.requests = requests;
        this.tokens = tokens;
    }

    void handle(Context request, Handler handler) throws Exception {
        @Nullable String key = request.header(HEADER);
        if (key == null) {
            handler.handle(request);
            return;
        }
        if (Collections.list(request.req().getHeaders(HEADER)).size() > 1) {
            throw ApiProblem.badRequest("'" + HEADER + "' stands twice: send one");
        }
        if (!KEY.matcher(key).matches()) {
            throw ApiProblem.badRequest(
                    "'" + HEADER + "' must have 1 to 200 printable ASCII characters without spaces");
        }
        String caller = tokens.caller(request).source();
        Begun begun = requests.begin(caller, key, fingerprint(request));
        switch (begun) {
            case Begun.First _ -> first(request, handler, caller, key);
            case Begun.Answered answered ->
                request.status(answered.status())
                        .header("Idempotent-Replayed", "true")
                        .contentType("application/json")
                        .result(answered.answer());
            case Begun.Unclear unclear ->
                throw ApiProblem.refused("the request with this " + HEADER + " was begun at "
                        + Instant.ofEpochMilli(unclear.begunAtEpochMillis())
                        + " and its end is not known yet: ask again in a second, then look whether it was done");
            case Begun.OfAnother _ ->
                throw ApiProblem.otherRequest(
                        "this " + HEADER + " was sent with another request within a day: give each request its own");
        }
    }

    private void first(Context request, Handler handler, String caller, String key) throws Exception {
        try {
            handler.handle(request);
        } catch (ApiProblem problem) {
            if (!problem.mayBeDone()) {
                keep(() -> requests.takeBack(caller, key));
            }
            throw problem;
        }
        String answer = request.result();
        keep(() -> requests.end(caller, key, request.statusCode(), answer == null ? "" : answer));
    }

    private interface Keeping {
        void run() throws SQLException;
    }

    /**
     * Keeps the answer. The request itself is over, so its answer is sent in any case; without this, a repeated request
     * is told that the end is not known.
     */
    private static void keep(Keeping keeping) {
        try {
            keeping.run();
        } catch (SQLException | JdbiException e) {
            LOG.warn("event=request-key-not-kept reason=\"{}\"", e.getMessage());
        }
    }

    private static String fingerprint(Context request) {
        String text = request.method() + " " + request.path() + "\n" + request.body();
        return HexFormat.of().formatHex(Secret.digest(text));
    }
}
