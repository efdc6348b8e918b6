package org.paceline.daemon.api.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * The server's own answer to a request that reaches no route, in the API's form: one line of JSON, without text of
 * Java's.
 */
public final class ErrorText extends ErrorHandler {

    public static final String NOT_HTTP =
            "the request is not HTTP as it should be: its line, a header or the path cannot be read";

    /** Returns {@code {"error": message}}. */
    public static byte[] json(String message) {
        String text = new String(JsonStringEncoder.getInstance().quoteAsString(message));
        return ("{\"error\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int status,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(json(words(status))), callback);
    }

    private static String words(int status) {
        return switch (status) {
            case 400 -> NOT_HTTP;
            case 414 -> "the path is too long";
            case 431 -> "the headers are too long";
            case 505 -> "the request must be HTTP/1.1";
            default -> {
                String name = HttpStatus.getMessage(status);
                yield status >= 500 ? ApiProblem.OWN_FAULT : name;
            }
        };
    }
}
