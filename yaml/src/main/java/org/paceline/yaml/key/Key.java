package org.paceline.yaml.key;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.Field;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlText;

/**
 * A key with a single value.
 *
 * <pre>{@code
 * static final Key<Pacing, Integer> MAX_LINES = Key.of("max-lines", ScalarType.INTEGER, "most calls at once")
 *         .within(Bounds.numbers(1, 100_000))
 *         .usually(50)
 *         .shown(Pacing::maxLines);
 *
 * int maxLines = MAX_LINES.of(section);
 * }</pre>
 *
 * <p>Thread: any (immutable).
 *
 * @param type how the value is written, which says its unit too: durations and percentages carry theirs
 * @param bounds what it must be beyond its type, or null
 * @param usual what holds where it is missing
 * @param shown the value in the record that was read
 * @param isShown whether the effective configuration has it
 */
public record Key<C, T>(
        String name,
        ScalarType<T> type,
        String help,
        @Nullable Bounds<T> bounds,
        Usual<T> usual,
        Function<C, @Nullable Object> shown,
        Predicate<C> isShown)
        implements Declared<C> {

    /** Makes a key that may be missing, has no default, and is not shown. */
    public static <T> Key<Object, T> of(String name, ScalarType<T> type, String help) {
        return new Key<>(name, type, help, null, new Usual.None<>(), _ -> null, _ -> false);
    }

    public Key<C, T> within(Bounds<T> right) {
        return new Key<>(name, type, help, right, usual, shown, isShown);
    }

    /** Sets a default that is the same everywhere. */
    public Key<C, T> usually(T value) {
        return usually(new Usual.Value<>(value));
    }

    /** @param standIn the value that reading goes on with after the problem was reported */
    public Key<C, T> required(T standIn) {
        return usually(new Usual.Required<>(standIn));
    }

    private Key<C, T> usually(Usual<T> absent) {
        return new Key<>(name, type, help, bounds, absent, shown, isShown);
    }

    /** Shows the key as the file would write the record's value; null for a value that is not set. */
    public <D> Key<D, T> shown(Function<D, @Nullable T> getter) {
        return shownAs(config -> {
            T value = getter.apply(config);
            return value == null ? null : type.write().apply(value);
        });
    }

    /**
     * Shows the key in the words of the record: a number, duration, constant or text; null for a value that is not set.
     */
    public <D> Key<D, T> shownAs(Function<D, @Nullable Object> getter) {
        return new Key<>(name, type, help, bounds, usual, getter, _ -> true);
    }

    public Key<C, T> when(Predicate<C> condition) {
        return new Key<>(name, type, help, bounds, usual, shown, condition);
    }

    /** Reads the key from a mapping, with its bounds applied. */
    public Field<T> in(YamlMap map) {
        Field<T> field = map.value(name, type);
        return bounds == null ? field : field.must(bounds.test(), bounds.right());
    }

    /** Returns the key's value in a mapping, or its default; a required key that is missing is a problem. */
    public T of(YamlMap map) {
        return switch (usual) {
            case Usual.Value<T>(T value) -> in(map).orElse(value);
            case Usual.Required<T>(T standIn) -> in(map).required(standIn);
            case Usual.None<T> _ -> throw new IllegalStateException(name + " has no default value");
        };
    }

    public @Nullable T orNull(YamlMap map) {
        return in(map).orNull();
    }

    @Override
    public boolean isRequired() {
        return usual instanceof Usual.Required<T>;
    }

    @Override
    public JsonKeywords json() {
        Map<String, Object> further = new LinkedHashMap<>();
        if (bounds != null) {
            further.putAll(new TreeMap<>(bounds.json()));
        }
        String right = bounds == null ? "" : "Must be " + bounds.right() + ".";
        String otherwise = switch (usual) {
            case Usual.Value<T>(T value) -> {
                Object written = type.write().apply(value);
                further.put(
                        "default",
                        written instanceof Number || written instanceof Boolean ? written : YamlText.plain(written));
                yield "Default: " + YamlText.plain(written) + ".";
            }
            case Usual.None<T> _, Usual.Required<T> _ -> "";
        };
        String description = Words.joined(help, right, otherwise);
        if (!description.isEmpty()) {
            further.put("description", description);
        }
        return type.json().and(further);
    }

    @Override
    public void show(YamlText yaml, C config) {
        if (isShown.test(config)) {
            yaml.line(name, shown.apply(config));
        }
    }
}
