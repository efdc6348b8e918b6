package org.paceline.yaml.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.paceline.yaml.JsonKeywords;

/**
 * Makes the JSON Schema (draft 7) of a file from its declared keys. Editors use it to complete and check files.
 *
 * <p>Thread: any.
 */
public final class JsonSchema {
    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";
    private static final JsonKeywords NONE = JsonKeywords.choice(List.of("none"));

    private JsonSchema() {}

    /** Returns the schema as JSON text, with two spaces for each level and a line break at its end. */
    public static String of(Section<?, ?> file) {
        return text(mapping("", file.entries(), "object"), file.help());
    }

    /**
     * Returns the schema of a file which may be laid over others ({@code extends}): a key that it lacks may come from
     * them, and {@code none} removes one of theirs.
     *
     * @param own keys that every file must have itself
     */
    public static String ofLayered(Section<?, ?> file, List<String> own) {
        JsonKeywords whole = layered(mapping("", file.entries(), "object"), own, 2);
        return text(whole.and(Map.of("required", own)), file.help());
    }

    /** @param levels how many levels of mappings are laid over each other; a mapping below them is one value */
    private static JsonKeywords layered(JsonKeywords mapping, List<String> own, int levels) {
        if (levels == 0 || !(mapping.words().get("properties") instanceof JsonKeywords properties)) {
            return mapping;
        }
        SequencedMap<String, Object> keys = new LinkedHashMap<>();
        properties.words().forEach((name, value) -> {
            JsonKeywords key = (JsonKeywords) value;
            keys.put(name, own.contains(name) ? key : JsonKeywords.anyOf(layered(key, List.of(), levels - 1), NONE));
        });
        SequencedMap<String, Object> words = new LinkedHashMap<>(mapping.words());
        words.put("properties", new JsonKeywords(keys));
        words.remove("required");
        return new JsonKeywords(words);
    }

    private static String text(JsonKeywords mapping, String title) {
        SequencedMap<String, Object> whole = new LinkedHashMap<>();
        whole.put("$schema", DRAFT);
        whole.put("title", title);
        whole.putAll(mapping.words());
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return new ObjectMapper()
                            .writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(lines)
                                    .withArrayIndenter(lines))
                            .writeValueAsString(plain(whole))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema of texts, numbers and lists could not be written", e);
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case JsonKeywords keywords -> plain(keywords.words());
            case Map<?, ?> words -> {
                Map<Object, Object> plain = new LinkedHashMap<>();
                words.forEach((name, word) -> plain.put(name, plain(word)));
                yield plain;
            }
            case List<?> list -> list.stream().map(JsonSchema::plain).toList();
            default -> value;
        };
    }

    /** Describes a mapping that has these keys and no others. */
    static JsonKeywords mapping(String help, List<? extends Entry<?>> entries, Object type) {
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Entry<?> entry : entries) {
            switch (entry) {
                case Declared<?> key -> {
                    properties.put(key.name(), key.json());
                    if (key.isRequired()) {
                        required.add(key.name());
                    }
                }
                case Remark<?> _ -> {}
            }
        }
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("type", type);
        if (!help.isEmpty()) {
            words.put("description", Words.joined(help));
        }
        words.put("properties", new JsonKeywords(properties));
        if (!required.isEmpty()) {
            words.put("required", required);
        }
        words.put("additionalProperties", false);
        return JsonKeywords.of().and(words);
    }
}
