package org.paceline.daemon.csv;

import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberPlan;

/**
 * What the user says of a list file; whatever is null is found out.
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
    /** Nothing is said. */
    public static final ListFormat FOUND_OUT = new ListFormat(null, null, null);

    /** Of a file that has a header. */
    public ListFormat(@Nullable String phoneColumn, @Nullable String encoding, @Nullable String region) {
        this(phoneColumn, encoding, region, false);
    }

    /** The same of a file without a header. */
    public ListFormat withoutHeader() {
        return new ListFormat(phoneColumn, encoding, region, true);
    }

    /** @throws CsvException where the region is said and is none */
    public void refuseUnknownRegion(NumberPlan numbers) throws CsvException {
        if (region != null && !numbers.isRegion(region)) {
            throw new CsvException("default region " + region + " is unknown: use a code such as US");
        }
    }

    /** Only the country is said. */
    public static ListFormat ofRegion(@Nullable String region) {
        return new ListFormat(null, null, region);
    }
}
