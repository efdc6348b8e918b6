package org.paceline.daemon.api.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's JSON object into a record whose components are the keys that it may have, strictly: an unknown key
 * is a mistake. A component is null, or false, where its key was left out. The record's constructor demands keys with
 * {@link #required}, and limits lengths with {@link #atMost}. {@link BodyValues} has the possible types.
 *
 * <p>Thread: any.
 */
public final class Body {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.WRAP_EXCEPTIONS)
            .addModule(BodyValues.module())
            .build();

    private Body() {}

    /** A body that must be empty. */
    public record None() {}

    /**
     * @param request an empty body is an object without keys
     * @throws ApiProblem 400 where it is not such an object
     */
    public static <T extends Record> T of(Context request, Class<T> type) {
        return of(request.body(), type);
    }

    public static <T extends Record> T of(String body, Class<T> type) {
        List<String> keys = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        JsonNode root = body.isBlank() ? JsonNodeFactory.instance.objectNode() : parse(body);
        if (!root.isObject()) {
            throw ApiProblem.badRequest("the body must be a JSON object with " + described(keys));
        }
        Iterator<String> names = root.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw ApiProblem.badRequest("unknown key '" + name + "': the body takes " + described(keys));
            }
        }
        try {
            return JSON.treeToValue(root, type);
        } catch (JsonProcessingException e) {
            throw e.getCause() instanceof ApiProblem problem ? problem : new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiProblem.badRequest("the body is not JSON: it must be one object in which no key stands twice"
                    + place(e.getLocation()));
        }
    }

    /** Returns where the parser stopped; its own words have line breaks and Java classes in them. */
    private static String place(@Nullable JsonLocation stopped) {
        return stopped == null ? "" : "; see line " + stopped.getLineNr() + ", column " + stopped.getColumnNr();
    }

    private static String described(List<String> keys) {
        return keys.isEmpty() ? "no keys" : "the keys " + String.join(", ", keys);
    }

    /**
     * Returns a value that must be there.
     *
     * @param example a right value, for the message
     * @throws ApiProblem 400 where it was left out
     */
    public static <T> T required(String key, @Nullable T value, String example) {
        if (value == null) {
            throw ApiProblem.badRequest("'" + key + "' is missing: send {\"" + key + "\": \"" + example + "\"}");
        }
        return value;
    }

    /**
     * Checks a text that may be left out.
     *
     * @param longest how many characters it may have
     * @throws ApiProblem 400 where it has more
     */
    public static void atMost(String key, @Nullable String text, int longest) {
        if (text != null && text.length() > longest) {
            throw ApiProblem.badRequest(
                    "'" + key + "' has " + text.length() + " characters: must have at most " + longest);
        }
    }
}
