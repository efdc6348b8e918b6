package org.paceline.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Keywords of JSON Schema (draft 7), in their order, that say what a value in a file may be.
 *
 * <p>Thread: any (immutable).
 *
 * @param words values are text, numbers, booleans, lists of these, or further keywords
 */
public record JsonKeywords(SequencedMap<String, Object> words) {
    /** Any text. YAML takes {@code 3} for a number and {@code true} for a boolean; the reader takes each as text. */
    public static final JsonKeywords TEXT = of("type", List.of("string", "number", "boolean"));

    public JsonKeywords {
        words = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(words));
    }

    /** Makes keywords of names and values in turn. */
    public static JsonKeywords of(Object... namesAndValues) {
        SequencedMap<String, Object> words = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            words.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return new JsonKeywords(words);
    }

    /** Describes text of a regular expression's form; the expression must mean the same in Java and in ECMAScript. */
    public static JsonKeywords pattern(String regex) {
        return of("type", "string", "pattern", "^(" + regex + ")$");
    }

    /** Describes digits behind a plus sign, which YAML takes for a number unless they are in quotes. */
    public static JsonKeywords digits(String regex) {
        return of("type", List.of("string", "integer"), "pattern", "^(" + regex + ")$");
    }

    /** Describes one of several texts. */
    public static JsonKeywords choice(List<String> texts) {
        return of("enum", texts);
    }

    /** Describes a list of values that are alike. */
    public static JsonKeywords listOf(JsonKeywords each) {
        return of("type", "array", "items", each);
    }

    /** Describes a mapping whose keys the file's author chooses. */
    public static JsonKeywords mapping(String keyRegex, JsonKeywords each) {
        return of(
                "type", "object", "patternProperties", of("^(" + keyRegex + ")$", each), "additionalProperties", false);
    }

    /** Describes a value that is one of several kinds. */
    public static JsonKeywords anyOf(JsonKeywords... several) {
        return of("anyOf", List.of(several));
    }

    /** Returns these keywords and further ones, which replace those of the same name. */
    public JsonKeywords and(Map<String, ?> further) {
        SequencedMap<String, Object> all = new LinkedHashMap<>(words);
        all.putAll(further);
        return new JsonKeywords(all);
    }
}
