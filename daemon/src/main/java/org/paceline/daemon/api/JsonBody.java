package org.paceline.daemon.api;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request's JSON object, read strictly: a key that nobody asked for is a mistake. */
final class JsonBody {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?");

    private final JsonNode root;

    private JsonBody(JsonNode root) {
        this.root = root;
    }

    /**
     * @param body may be empty, which is an object without keys
     * @param keys the keys that it may have
     * @throws ApiProblem 400 where it is not such an object
     */
    static JsonBody of(String body, String... keys) {
        JsonNode root = body.isBlank() ? JsonNodeFactory.instance.objectNode() : parse(body);
        if (!root.isObject()) {
            throw ApiProblem.badRequest("the body must be a JSON object with " + described(keys));
        }
        List<String> known = List.of(keys);
        Iterator<String> names = root.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw ApiProblem.badRequest("unknown key '" + name + "': the body takes " + described(keys));
            }
        }
        return new JsonBody(root);
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiProblem.badRequest("the body is not JSON: it must be one object in which no key stands twice"
                    + place(e.getLocation()));
        }
    }

    /** The parser's own words have line breaks and classes of Java in them; where it stopped says enough. */
    private static String place(@Nullable JsonLocation stopped) {
        return stopped == null ? "" : "; see line " + stopped.getLineNr() + ", column " + stopped.getColumnNr();
    }

    private static String described(String... keys) {
        return keys.length == 0 ? "no keys" : "the keys " + String.join(", ", keys);
    }

    /** A text that may be left out. Control characters, line breaks among them, have no place in what is kept and logged. */
    @Nullable
    String text(String key) {
        String text = textAsSent(key);
        return text == null ? null : printable(key, text).strip();
    }

    private @Nullable String textAsSent(String key) {
        JsonNode node = root.get(key);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw ApiProblem.badRequest("'" + key + "' must be a text that is not empty");
        }
        return node.textValue();
    }

    /** @param longest how many characters it may have */
    @Nullable
    String text(String key, int longest) {
        String text = text(key);
        return text == null ? null : within(key, text, longest);
    }

    private static String within(String key, String text, int longest) {
        if (text.length() > longest) {
            throw ApiProblem.badRequest(
                    "'" + key + "' has " + text.length() + " characters: must have at most " + longest);
        }
        return text;
    }

    /**
     * A text of one or more lines that must be there. Its line breaks come as {@code \n}, whatever was sent; other control
     * characters have no place in it.
     *
     * @param example what would be right, for the message
     * @param longest how many characters it may have
     */
    String requiredLines(String key, String example, int longest) {
        String text = textAsSent(key);
        if (text == null) {
            throw missing(key, example);
        }
        String lines = LINE_BREAK.matcher(text).replaceAll("\n").strip();
        lines.chars()
                .filter(c -> c != '\n' && Character.isISOControl(c))
                .findFirst()
                .ifPresent(found -> {
                    throw ApiProblem.badRequest(
                            controlCharacter(key, found) + ": must be printable text; line breaks are allowed");
                });
        return within(key, lines, longest);
    }

    private static String printable(String key, String text) {
        text.chars().filter(Character::isISOControl).findFirst().ifPresent(found -> {
            throw ApiProblem.badRequest(controlCharacter(key, found) + ": must be printable text in one line");
        });
        return text;
    }

    private static String controlCharacter(String key, int found) {
        return String.format(Locale.ROOT, "'%s' has the control character U+%04X", key, found);
    }

    private static ApiProblem missing(String key, String example) {
        return ApiProblem.badRequest("'" + key + "' is missing: send {\"" + key + "\": \"" + example + "\"}");
    }

    /** @param example what would be right, for the message */
    String requiredText(String key, String example) {
        String text = text(key);
        if (text == null) {
            throw missing(key, example);
        }
        return text;
    }

    /** The same of at most so many characters. */
    String requiredText(String key, String example, int longest) {
        var _ = text(key, longest);
        return requiredText(key, example);
    }

    /** True or false; false where it was left out. */
    boolean flag(String key) {
        JsonNode node = root.get(key);
        if (node == null || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            throw ApiProblem.badRequest("'" + key + "' must be true or false");
        }
        return node.booleanValue();
    }

    /** The id of something, as the API writes it; null where it was left out. */
    @Nullable
    Long id(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw ApiProblem.badRequest("'" + key + "' must be an id, for example \"68719476737\"");
        }
        return Long.valueOf(text);
    }

    /** The id of something that must be there. */
    long requiredId(String key) {
        Long id = id(key);
        if (id == null) {
            throw missing(key, "68719476737");
        }
        return id;
    }

    /** A moment that must be there. */
    Instant requiredTime(String key) {
        Instant time = time(key);
        if (time == null) {
            throw missing(key, "2026-12-01T09:30:00Z");
        }
        return time;
    }

    /** A moment; null where it was left out. */
    @Nullable
    Instant time(String key) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        Instant time = Moments.time(text);
        if (time == null) {
            throw ApiProblem.badRequest("'" + key + "' must be a time with its offset, for example"
                    + " 2026-12-01T09:30:00Z or 2026-12-01T09:30:00-05:00");
        }
        return time;
    }

    /** A list of texts, empty where it was left out. */
    List<String> texts(String key) {
        JsonNode node = root.get(key);
        if (node == null || node.isNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : node) {
            if (element.isTextual()) {
                texts.add(printable(key, element.textValue()));
            }
        }
        if (!node.isArray() || texts.size() != node.size()) {
            throw ApiProblem.badRequest("'" + key + "' must be a list of texts");
        }
        return texts;
    }
}
