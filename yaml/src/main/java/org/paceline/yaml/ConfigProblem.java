package org.paceline.yaml;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One problem in a file, and what would be right.
 *
 * @param file the file as the user named it
 * @param line 1-based; 0 where the file as a whole is meant
 * @param key path of the key, {@code trunks[0].port}; empty where the file as a whole is meant
 * @param message one line: what is wrong, what would be right
 */
public record ConfigProblem(String file, int line, String key, String message) {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}]");

    /** Writes control characters as {@code U+000A}: what a file says may stand in any part. */
    public ConfigProblem {
        file = oneLine(file);
        key = oneLine(key);
        message = oneLine(message);
    }

    private static String oneLine(String text) {
        return CONTROL.matcher(text)
                .replaceAll(found ->
                        String.format(Locale.ROOT, "U+%04X", (int) found.group().charAt(0)));
    }

    /** Returns one line for people: {@code conf/paceline.yaml:12: trunks[0].port: must be …}. */
    @Override
    public String toString() {
        String where = line > 0 ? file + ":" + line : file;
        return key.isEmpty() ? where + ": " + message : where + ": " + key + ": " + message;
    }
}
