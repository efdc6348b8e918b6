package org.paceline.yaml;

/**
 * A single value as it is written, without YAML's guesses at its type: {@code 08:00} and {@code NO} stay what they are.
 *
 * @param text the text without quotes
 */
public record YamlScalar(Place place, String text) implements YamlNode {
    private static final int SHOWN_CHARACTERS = 40;

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** Returns a short form for messages. */
    String shortened() {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
