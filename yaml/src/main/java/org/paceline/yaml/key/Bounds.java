package org.paceline.yaml.key;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.paceline.yaml.ScalarType;

/**
 * What a value must be beyond its type.
 *
 * <p>Thread: any (immutable).
 *
 * @param test whether a value is within
 * @param right what would be right, completing "must be …"
 * @param json keywords of JSON Schema to the same effect; none where it has none, as for durations
 */
public record Bounds<T>(Predicate<T> test, String right, Map<String, ?> json) {

    /** In words, with no keyword of JSON Schema. */
    public static <T> Bounds<T> of(String right, Predicate<T> test) {
        return new Bounds<>(test, right, Map.of());
    }

    /** Both ends included. */
    public static <N extends Number> Bounds<N> numbers(int low, int high) {
        return new Bounds<>(
                value -> value.doubleValue() >= low && value.doubleValue() <= high,
                "a number from " + low + " to " + high,
                Map.of("minimum", low, "maximum", high));
    }

    public static Bounds<Integer> atLeast(int low) {
        return new Bounds<>(value -> value >= low, "at least " + low, Map.of("minimum", low));
    }

    /** Both ends included; from zero on, only the upper one is named. */
    public static Bounds<Duration> durations(Duration low, Duration high) {
        String right = low.isZero()
                ? "a duration up to " + ScalarType.written(high)
                : "a duration from " + ScalarType.written(low) + " to " + ScalarType.written(high);
        return of(right, value -> value.compareTo(low) >= 0 && value.compareTo(high) <= 0);
    }

    /** The same, or zero, which switches something off. */
    public Bounds<T> or(T zero, String meaning) {
        return new Bounds<>(value -> value.equals(zero) || test.test(value), right + ", " + meaning, json);
    }

    /** The same bounds in other words. */
    public Bounds<T> saying(String words) {
        return new Bounds<>(test, words, json);
    }
}
