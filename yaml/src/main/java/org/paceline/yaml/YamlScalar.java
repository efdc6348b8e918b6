package org.paceline.yaml;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A single value as it is written, without YAML's guesses at its type: {@code 08:00} and {@code NO} stay what they are.
 *
 * @param text the text without quotes
 */
public record YamlScalar(Place place, String text) implements YamlNode {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}]");
    private static final int SHOWN_CHARACTERS = 40;

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** Returns a short form for messages, which have one line. */
    String shortened() {
        String shown = text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
        return CONTROL.matcher(shown)
                .replaceAll(found ->
                        String.format(Locale.ROOT, "U+%04X", (int) found.group().charAt(0)));
    }
}
