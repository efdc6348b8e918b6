package org.paceline.daemon.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CallId;

/**
 * How the values of a {@link Body} are read: each type in one way, with one line that says what is wrong. Values that
 * are kept and logged have no control characters, and so no line breaks, except {@link Lines}.
 */
public final class BodyValues {
    /** An example of an id, for messages. */
    public static final String ID_EXAMPLE = "68719476737";

    /** An example of a time, for messages. */
    public static final String TIME_EXAMPLE = "2026-12-01T09:30:00Z";

    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?");

    private BodyValues() {}

    static SimpleModule module() {
        return new SimpleModule("paceline-bodies")
                .addDeserializer(String.class, new Line())
                .addDeserializer(Long.class, new Id())
                .addDeserializer(CallId.class, new Call())
                .addDeserializer(Instant.class, new Time())
                .addDeserializer(boolean.class, new Flag())
                .addDeserializer(List.class, new Texts());
    }

    abstract static class Value<T> extends JsonDeserializer<T> {
        @Override
        public final T deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return read(json.currentName(), json);
        }

        abstract T read(String key, JsonParser json) throws IOException;
    }

    /** A text in one line, without blanks around it. */
    private static final class Line extends Value<String> {
        @Override
        String read(String key, JsonParser json) throws IOException {
            return line(key, json);
        }
    }

    /** A text of one or more lines. Its line breaks are read as {@code \n}, whichever were sent. */
    public static final class Lines extends Value<String> {
        @Override
        String read(String key, JsonParser json) throws IOException {
            String lines = LINE_BREAK.matcher(text(key, json)).replaceAll("\n").strip();
            refuse(
                    key,
                    lines,
                    c -> c != '\n' && Character.isISOControl(c),
                    "must be printable text; line breaks are allowed");
            return lines;
        }
    }

    /** The id of something, as the API writes it. */
    private static final class Id extends Value<Long> {
        @Override
        Long read(String key, JsonParser json) throws IOException {
            return id(key, json);
        }
    }

    private static final class Call extends Value<CallId> {
        @Override
        CallId read(String key, JsonParser json) throws IOException {
            return new CallId(id(key, json));
        }
    }

    private static final class Time extends Value<Instant> {
        @Override
        Instant read(String key, JsonParser json) throws IOException {
            Instant time = Moments.time(line(key, json));
            if (time == null) {
                throw ApiProblem.badRequest("'" + key + "' must be " + Moments.TIME + " or 2026-12-01T09:30:00-05:00");
            }
            return time;
        }
    }

    /** A flag; false where it was left out. */
    private static final class Flag extends Value<Boolean> {
        @Override
        Boolean read(String key, JsonParser json) throws IOException {
            if (!json.currentToken().isBoolean()) {
                throw ApiProblem.badRequest("'" + key + "' must be true or false");
            }
            return json.getBooleanValue();
        }

        @Override
        public Boolean getNullValue(DeserializationContext context) {
            return false;
        }
    }

    /** A list of texts. */
    private static final class Texts extends JsonDeserializer<List<String>> {
        @Override
        public List<String> deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String key = json.currentName();
            JsonNode list = context.readTree(json);
            List<String> texts = new ArrayList<>();
            for (JsonNode element : list) {
                if (element.isTextual()) {
                    texts.add(printable(key, element.textValue()));
                }
            }
            if (!list.isArray() || texts.size() != list.size()) {
                throw ApiProblem.badRequest("'" + key + "' must be a list of texts");
            }
            return texts;
        }
    }

    private static long id(String key, JsonParser json) throws IOException {
        String text = line(key, json);
        if (!ID.matcher(text).matches()) {
            throw ApiProblem.badRequest("'" + key + "' must be an id, for example \"" + ID_EXAMPLE + "\"");
        }
        return Long.parseLong(text);
    }

    private static String line(String key, JsonParser json) throws IOException {
        return printable(key, text(key, json)).strip();
    }

    private static String text(String key, JsonParser json) throws IOException {
        @Nullable String text = json.hasToken(JsonToken.VALUE_STRING) ? json.getText() : null;
        if (text == null || text.isBlank()) {
            throw ApiProblem.badRequest("'" + key + "' must be a text that is not empty");
        }
        return text;
    }

    private static String printable(String key, String text) {
        refuse(key, text, Character::isISOControl, "must be printable text in one line");
        return text;
    }

    private static void refuse(String key, String text, IntPredicate wrong, String must) {
        text.chars().filter(wrong).findFirst().ifPresent(found -> {
            throw ApiProblem.badRequest(
                    String.format(Locale.ROOT, "'%s' has the control character U+%04X: %s", key, found, must));
        });
    }
}
