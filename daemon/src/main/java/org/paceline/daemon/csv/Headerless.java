package org.paceline.daemon.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a file without a header, as its first line shows them: numbers, or an area code and the rest of the
 * number in the next column, as in the registry files of the Federal Trade Commission ({@code 305,5550123}).
 *
 * @param columns generated names, from {@code column 1} on
 * @param areaColumn the column of area codes, −1 for none
 */
record Headerless(List<String> columns, List<Integer> phones, int areaColumn) {
    private static final Pattern NUMBER = Pattern.compile("[\\s+('=\"]*\\d[\\d\\s.()/+\"-]*");
    private static final int LEAST_DIGITS = 7;
    private static final int MOST_DIGITS = 17;

    Headerless {
        columns = List.copyOf(columns);
        phones = List.copyOf(phones);
    }

    /** @return null where the line is a header: no cell of it is a number */
    static @Nullable Headerless of(List<String> line) {
        List<Integer> phones = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < line.size(); i++) {
            columns.add("column " + (i + 1));
            if (isNumber(line.get(i))) {
                phones.add(i);
            }
        }
        if (phones.isEmpty()) {
            return null;
        }
        int before = phones.getFirst() - 1;
        boolean hasArea =
                before >= 0 && line.get(before).matches("[2-9]\\d\\d") && digits(line.get(before + 1)) == LEAST_DIGITS;
        return new Headerless(columns, phones, hasArea ? before : -1);
    }

    /**
     * @param wanted the column that the user asked for, as a cell of the first line, taken for a header, or as a
     * position from 1 on; null for none
     */
    List<Integer> phoneColumns(List<String> line, @Nullable String wanted) {
        if (wanted == null) {
            return phones;
        }
        int named = line.indexOf(wanted.strip());
        int position = wanted.matches("\\d{1,4}") ? Integer.parseInt(wanted) - 1 : -1;
        int column = named >= 0 ? named : position;
        return column >= 0 && column < line.size() ? List.of(column) : phones;
    }

    private static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches() && digits(cell) >= LEAST_DIGITS && digits(cell) <= MOST_DIGITS;
    }

    private static long digits(String cell) {
        return cell.chars().filter(Character::isDigit).count();
    }
}
