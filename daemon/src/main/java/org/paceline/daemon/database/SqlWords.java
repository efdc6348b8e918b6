package org.paceline.daemon.database;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The words of an enum in the text of a statement, so that a status is spelt in its enum and nowhere else. They are
 * part of the text and not parameters, so that PostgreSQL knows how rare they are when it chooses an index.
 */
public final class SqlWords {
    private SqlWords() {}

    /** Returns {@code 'LEASED'}. */
    public static String word(Enum<?> word) {
        return "'" + word.name() + "'";
    }

    /** Returns {@code ('NEW', 'REFUSED')}, for {@code IN}. */
    public static String words(Enum<?>... words) {
        return Arrays.stream(words).map(SqlWords::word).collect(Collectors.joining(", ", "(", ")"));
    }
}
