package org.paceline.daemon.database;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A list of numbers as parameters of {@code IN (…)}. Its length is the next power of two, filled up with the last
 * number, so that batches of every size share a few statements. {@code = ANY(?)} would need one statement only, but H2
 * plans it before it knows the array, and then reads the whole table.
 */
public final class InList {
    private InList() {}

    /** Returns question marks for that many numbers, with the parentheses. */
    public static String marks(int size) {
        return "(" + "?, ".repeat(padded(size) - 1) + "?)";
    }

    /**
     * Sets the parameters.
     *
     * @param values at least one
     * @return the index after the list
     */
    public static int bind(PreparedStatement statement, int firstIndex, Collection<Long> values) throws SQLException {
        int index = firstIndex;
        int end = firstIndex + padded(values.size());
        long last = 0;
        for (long value : values) {
            statement.setLong(index++, value);
            last = value;
        }
        while (index < end) {
            statement.setLong(index++, last);
        }
        return end;
    }

    /** Returns the values for Jdbi's {@code bindList}, filled up with the last one. There must be at least one. */
    public static List<Long> padded(Collection<Long> values) {
        List<Long> list = new ArrayList<>(values);
        while (list.size() < padded(values.size())) {
            list.add(list.getLast());
        }
        return list;
    }

    private static int padded(int size) {
        return size < 2 ? 1 : Integer.highestOneBit(size - 1) << 1;
    }
}
