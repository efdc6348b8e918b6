package org.paceline.daemon.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The words of an enum in the database, so that a status is spelt in its enum and nowhere else. They are part of a
 * statement's text and not parameters, so that PostgreSQL knows how rare they are when it chooses an index.
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

    /**
     * Returns the word in a column, for those who must know what it means. Those who only show it take the text.
     *
     * @throws SQLException if this version does not know the word
     */
    public static <E extends Enum<E>> E read(ResultSet row, String column, Class<E> words) throws SQLException {
        String stored = row.getString(column);
        for (E word : words.getEnumConstants()) {
            if (word.name().equals(stored)) {
                return word;
            }
        }
        throw new SQLException(
                "column '" + column + "' holds '" + stored + "', which this version does not know: must be one of "
                        + Arrays.toString(words.getEnumConstants()) + "; run the version that wrote it");
    }
}
