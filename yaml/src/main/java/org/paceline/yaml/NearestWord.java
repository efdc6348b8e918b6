package org.paceline.yaml;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the word that a mistyped one was probably meant to be, by edit distance. */
public final class NearestWord {
    private NearestWord() {}

    /**
     * Returns the nearest of {@code words}, or null where none is near: where more than a third of the letters would
     * change.
     */
    public static @Nullable String to(String word, Collection<String> words) {
        String nearest = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : words) {
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** Counts the letters to add, drop, change or swap with their neighbour. */
    private static int distance(String from, String to) {
        int[][] least = new int[from.length() + 1][to.length() + 1];
        for (int row = 0; row <= from.length(); row++) {
            for (int column = 0; column <= to.length(); column++) {
                least[row][column] = row == 0 || column == 0 ? row + column : step(least, from, to, row, column);
            }
        }
        return least[from.length()][to.length()];
    }

    private static int step(int[][] least, String from, String to, int row, int column) {
        boolean same = from.charAt(row - 1) == to.charAt(column - 1);
        int steps = Math.min(
                least[row - 1][column - 1] + (same ? 0 : 1),
                1 + Math.min(least[row - 1][column], least[row][column - 1]));
        boolean swapped = row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        return swapped ? Math.min(steps, least[row - 2][column - 2] + 1) : steps;
    }
}
