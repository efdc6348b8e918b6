package org.paceline.daemon.database;

/** Makes any text one that every database takes, so that no text of a peer or a user can stop what writes it. */
public final class StorableText {
    private StorableText() {}

    /**
     * Cuts at {@code longest} and puts U+FFFD in the place of NUL, which PostgreSQL refuses.
     *
     * @param longest the column's characters
     */
    public static String of(String text, int longest) {
        String cut = text.length() <= longest ? text : text.substring(0, longest);
        return cut.replace('\0', '\uFFFD');
    }
}
