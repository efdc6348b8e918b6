package org.paceline.daemon.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a list by their headers: which of them mean what.
 *
 * @param file that is named in errors
 */
record ListColumns(Path file, List<String> names) {
    /**
     * Returns the columns of numbers: the one that is wanted, else those whose headers say so most clearly.
     *
     * @param wanted a header or a position, from 1 on
     * @throws CsvException with what would be right, where there is none
     */
    List<Integer> phones(@Nullable String wanted) throws CsvException {
        if (wanted != null) {
            return List.of(named(wanted));
        }
        int best = names.stream().mapToInt(ListWords::phoneRank).max().orElse(0);
        if (best == 0) {
            throw new CsvException(file + " has no phone column: its columns are " + columnList()
                    + "; name one of them phone, or say which it is with --phone-column");
        }
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (ListWords.phoneRank(names.get(i)) == best) {
                found.add(i);
            }
        }
        return List.copyOf(found);
    }

    private int named(String wanted) throws CsvException {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (ListWords.plain(names.get(i)).equals(ListWords.plain(wanted))) {
                found.add(i);
            }
        }
        if (found.isEmpty()
                && wanted.matches("\\d{1,4}")
                && Integer.parseInt(wanted) >= 1
                && Integer.parseInt(wanted) <= names.size()) {
            return Integer.parseInt(wanted) - 1;
        }
        if (found.isEmpty()) {
            throw new CsvException(file + " has no column " + wanted + ": its columns are " + columnList()
                    + "; name one of them, or its position, with --phone-column");
        }
        if (found.size() > 1) {
            throw new CsvException(twice(found));
        }
        return found.getFirst();
    }

    private String twice(List<Integer> found) {
        return file + " has column " + names.get(found.getFirst()) + (found.size() == 2 ? " twice" : " several times")
                + ": say which has the numbers by its position, for example --phone-column " + (found.getFirst() + 1);
    }

    private String columnList() {
        return String.join(", ", names);
    }

    /**
     * Returns the first column of that meaning, its header written in any case, with any separators, in one of several
     * languages; −1 for none.
     */
    int indexOf(String name) {
        for (int i = 0; i < names.size(); i++) {
            if (ListWords.means(names.get(i), name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Returns the one column of numbers.
     *
     * @throws CsvException with a question, where several may be the one
     */
    int only(List<Integer> phoneColumns) throws CsvException {
        if (phoneColumns.size() > 1) {
            List<String> fitting = phoneColumns.stream().map(names::get).toList();
            if (fitting.stream().distinct().count() == 1) {
                throw new CsvException(twice(phoneColumns));
            }
            throw new CsvException(file + " has " + fitting.size() + " columns that may have the number: "
                    + String.join(", ", fitting) + "; say which with --phone-column, for example --phone-column '"
                    + fitting.getFirst() + "'");
        }
        return phoneColumns.getFirst();
    }
}
