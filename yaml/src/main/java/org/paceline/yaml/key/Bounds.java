package org.paceline.yaml.key;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.paceline.yaml.ScalarType;

/**
 * Bounds on a value, beyond its type.
 *
 * <p>Thread: any (immutable).
 *
 * @param test whether a value is within the bounds
 * @param right what would be right, completing "must be …"
 * @param json JSON Schema keywords with the same meaning; none where JSON Schema has none, as for durations
 */
public record Bounds<T>(Predicate<T> test, String right, Map<String, ?> json) {

    /** Makes bounds in words, with no keyword of JSON Schema. */
    public static <T> Bounds<T> of(String right, Predicate<T> test) {
        return new Bounds<>(test, right, Map.of());
    }

    /** Makes bounds on a number, both ends included. */
    public static <N extends Number> Bounds<N> numbers(int low, int high) {
        return new Bounds<>(
                value -> value.doubleValue() >= low && value.doubleValue() <= high,
                "a number from " + low + " to " + high,
                Map.of("minimum", low, "maximum", high));
    }

    public static Bounds<Integer> atLeast(int low) {
        return new Bounds<>(value -> value >= low, "at least " + low, Map.of("minimum", low));
    }

    /** Makes bounds on a duration, both ends included; where they begin at zero, only the upper one is named. */
    public static Bounds<Duration> durations(Duration low, Duration high) {
        String right = low.isZero()
                ? "a duration up to " + ScalarType.written(high)
                : "a duration from " + ScalarType.written(low) + " to " + ScalarType.written(high);
        return of(right, value -> value.compareTo(low) >= 0 && value.compareTo(high) <= 0);
    }

    /** Returns the same bounds, also allowing zero, which switches something off. */
    public Bounds<T> or(T zero, String meaning) {
        return new Bounds<>(value -> value.equals(zero) || test.test(value), right + ", " + meaning, json);
    }

    /** Returns the same bounds in other words. */
    public Bounds<T> saying(String words) {
        return new Bounds<>(test, words, json);
    }
}
