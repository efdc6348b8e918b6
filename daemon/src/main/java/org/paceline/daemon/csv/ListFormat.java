package org.paceline.daemon.csv;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberPlan;

/**
 * The user's facts about a list file; a null value is detected.
 *
 * @param phoneColumn header of the column of numbers, or its position, 1 being the first
 * @param encoding name of the file's character encoding, as {@code GB18030} or {@code windows-1252}
 * @param region country of numbers in national notation (ISO 3166-1 alpha-2); it also tells which encodings are likely
 * @param headerless whether the first line is a row, as in files of registries
 */
public record ListFormat(
        @Nullable String phoneColumn,
        @Nullable String encoding,
        @Nullable String region,
        boolean headerless) {
    /** A format of which the user says nothing. */
    public static final ListFormat FOUND_OUT = new ListFormat(null, null, null);

    /** Makes the format of a file that has a header. */
    public ListFormat(@Nullable String phoneColumn, @Nullable String encoding, @Nullable String region) {
        this(phoneColumn, encoding, region, false);
    }

    /** Returns the same format for a file without a header. */
    public ListFormat withoutHeader() {
        return new ListFormat(phoneColumn, encoding, region, true);
    }

    /** @throws CsvException where a region is given that does not exist */
    public void refuseUnknownRegion(NumberPlan numbers) throws CsvException {
        if (region != null && !numbers.isRegion(region)) {
            throw new CsvException("default region " + region + " is unknown: use a code such as US");
        }
    }

    /** Makes a format of which only the country is given. */
    public static ListFormat ofRegion(@Nullable String region) {
        return new ListFormat(null, null, region);
    }
}
