package org.paceline.daemon.database;

/** Makes any text acceptable to every database, so that no text of a peer or a user can stop its writer. */
public final class StorableText {
    private StorableText() {}

    /**
     * Cuts the text at {@code longest} and replaces NUL, which PostgreSQL refuses, by U+FFFD.
     *
     * @param longest the column's length in characters
     */
    public static String of(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest);
        return cut.replace('\0', '\uFFFD');
    }
}
