package org.paceline.daemon.api.access;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.api.http.ApiProblem;
import org.paceline.daemon.api.http.ErrorText;
import org.paceline.daemon.config.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request to its route only with a valid token, a share of the requests under way, its whole body in time, and a
 * place to run. Only holders of a token are waited for, and never at the cost of others.
 *
 * <p>Thread: any (virtual threads of the server).
 */
public final class Gate extends Handler.Wrapper {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final Pattern OPT_OUT = Pattern.compile("/api/(do-not-call|complaints|agents/[^/]+/disposition)");
    private static final String LATER_SECONDS = "1";
    /**
     * How long to wait before another try. A minute's tries come back one after the other, and one takes about this
     * long.
     */
    private static final String TRY_AGAIN_SECONDS = "5";

    private final Tokens tokens;
    private final Bounds bounds;
    private final Shares shares;
    private final Guesses guesses;

    /**
     * @param bodyMillis the time within which the whole body must be there
     * @param largestBody the largest body, bytes
     * @param guessesBySource wrong tokens a minute from one address
     * @param guesses wrong tokens a minute from all
     */
    public record Bounds(Shares.Bounds shares, long bodyMillis, int largestBody, int guessesBySource, int guesses) {
        public static final Bounds DEFAULT = new Bounds(new Shares.Bounds(256, 64, 16, 64), 10_000, 64 * 1024, 20, 200);
    }

    public Gate(Tokens tokens, Bounds bounds) {
        this.tokens = tokens;
        this.bounds = bounds;
        this.shares = new Shares(bounds.shares);
        this.guesses = new Guesses(bounds.guessesBySource, bounds.guesses, System::nanoTime);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
            // The servlet would open a session for each of them, before any route is asked.
            return refuse(response, callback, ApiProblem.badRequest("there are no web sockets here"));
        }
        String path = Request.getPathInContext(request);
        if (!path.equals("/api") && !path.startsWith("/api/")) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        try {
            return admitted(request, response, callback, path);
        } catch (ApiProblem problem) {
            return refuse(response, callback, problem);
        }
    }

    private boolean admitted(Request request, Response response, Callback callback, String path) throws Exception {
        Caller caller = caller(request);
        if (!shares.enter(caller)) {
            throw ApiProblem.tooMany("more than " + shares.shareOf(caller) + " requests at once with the token of "
                    + caller.who() + ": try again in a second");
        }
        Request.addCompletionListener(request, _ -> shares.leave(caller));
        Request whole = new WholeRequest(request, body(request));
        boolean optOut =
                request.getMethod().equals("POST") && OPT_OUT.matcher(path).matches();
        if (!shares.begin(caller, optOut)) {
            throw ApiProblem.busy("more than " + bounds.shares.atOnce() + " requests at once: try again in a second");
        }
        Request.addCompletionListener(request, _ -> shares.end());
        return super.handle(whole, response, callback);
    }

    private Caller caller(Request request) {
        String token = Tokens.bearer(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        if (token == null) {
            throw ApiProblem.noToken();
        }
        String source = Request.getRemoteAddr(request);
        String fingerprint = HexFormat.of().formatHex(Secret.digest(token));
        if (!guesses.mayTry(source, fingerprint)) {
            LOG.warn("event=token-not-tried source={} reason=\"too many wrong tokens\"", source);
            throw ApiProblem.tooMany("too many wrong tokens: try again in a few seconds");
        }
        Caller caller = tokens.callerOf(token);
        if (caller == null) {
            LOG.warn("event=token-refused source={} sha256={}…", source, fingerprint.substring(0, 8));
            throw ApiProblem.noToken();
        }
        guesses.right(source, fingerprint);
        return caller;
    }

    private byte[] body(Request request) throws InterruptedException {
        String tooLarge = "the body is larger than " + bounds.largestBody + " bytes";
        if (request.getLength() > bounds.largestBody) {
            throw ApiProblem.tooLarge(tooLarge);
        }
        CompletableFuture<byte[]> reading = new CompletableFuture<>();
        Content.Source.asByteArrayAsync(
                request,
                bounds.largestBody,
                Promise.Invocable.from(
                        Invocable.InvocationType.NON_BLOCKING, reading::complete, reading::completeExceptionally));
        try {
            return reading.get(bounds.bodyMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw ApiProblem.tooSlow("the body did not arrive within " + bounds.bodyMillis + " ms");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException) { // the server's reader throws this for too many bytes
                throw ApiProblem.tooLarge(tooLarge);
            }
            throw ApiProblem.badRequest("the body ended too early, or is not chunked as it says");
        }
    }

    /** Refuses a request. The rest of its body is not waited for: the connection ends with the answer. */
    private static boolean refuse(Response response, Callback callback, ApiProblem problem) {
        response.setStatus(problem.status());
        var headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "application/json");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        switch (problem.status()) {
            case 401 -> headers.put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            case 429 -> headers.put(HttpHeader.RETRY_AFTER, TRY_AGAIN_SECONDS);
            case 503 -> headers.put(HttpHeader.RETRY_AFTER, LATER_SECONDS);
            case 408 -> headers.put(new HttpField(HttpHeader.CONNECTION, "close"));
            default -> {}
        }
        response.write(true, ByteBuffer.wrap(ErrorText.json(problem.getMessage())), callback);
        return true;
    }

    /** A request whose whole body has come. */
    private static final class WholeRequest extends Request.Wrapper {
        private final Content.Source body;
        private final long length;

        WholeRequest(Request request, byte[] body) {
            super(request);
            this.body = Content.Source.from(ByteBuffer.wrap(body));
            this.length = body.length;
        }

        @Override
        public long getLength() {
            return length;
        }

        @Override
        public Content.@Nullable Chunk read() {
            return body.read();
        }

        @Override
        public void demand(Runnable ready) {
            body.demand(ready);
        }

        @Override
        public void fail(Throwable failure) {
            body.fail(failure);
        }
    }
}
