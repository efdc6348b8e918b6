package org.paceline.yaml;

import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One key as it was read: present, missing, or wrong and already reported. A problem never stops the reading: stand-ins
 * replace missing values, and {@link ConfigProblems#throwIfAny} at the end makes sure that they are never used.
 */
public final class Field<T> {
    private final Place place;
    private final String expected;
    private final boolean written;
    private final @Nullable T value;

    private Field(Place place, String expected, boolean written, @Nullable T value) {
        this.place = place;
        this.expected = expected;
        this.written = written;
        this.value = value;
    }

    static <T> Field<T> missing(Place place, String expected) {
        return new Field<>(place, expected, false, null);
    }

    static <T> Field<T> read(Place place, String expected, @Nullable T valueUnlessWrong) {
        return new Field<>(place, expected, true, valueUnlessWrong);
    }

    /** The place of the key; where it is missing, the place of the mapping that should have it. */
    public Place place() {
        return place;
    }

    /** Whether the key is written in the file, rightly or wrongly. */
    public boolean isWritten() {
        return written;
    }

    /** Adds a condition on a value that is present; where it fails, the problem reads "must be {@code right}". */
    public Field<T> must(Predicate<T> condition, String right) {
        if (value == null || condition.test(value)) {
            return this;
        }
        place.problem("must be " + right + "; is "
                + (value instanceof Duration duration ? ScalarType.written(duration) : value));
        return new Field<>(place, expected, written, null);
    }

    /** The value; a missing key is a problem. */
    public T required(T standIn) {
        if (value != null) {
            return value;
        }
        if (!written) {
            place.problem("is missing: must be " + expected);
        }
        return standIn;
    }

    /** The value, or {@code fallback} where the key is missing. */
    public T orElse(T fallback) {
        return value != null ? value : fallback;
    }

    public @Nullable T orNull() {
        return value;
    }
}
