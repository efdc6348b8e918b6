package org.paceline.yaml.key;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.Field;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlText;

/**
 * A key with a list of single values.
 *
 * <p>Thread: any (immutable).
 *
 * @param type the type of each value
 * @param atLeastOne the words for a missing or empty list, completing "must be …"; null where it may be empty or
 * missing
 * @param isRequired whether a missing list is refused
 * @param shown the values in the record that was read, or null for a list that is not shown
 */
public record ListKey<C, T>(
        String name,
        ScalarType<T> type,
        String help,
        @Nullable String atLeastOne,
        boolean isRequired,
        @Nullable Function<C, Collection<?>> shown)
        implements Declared<C> {

    /** Makes a list that may be missing, and is not shown. */
    public static <T> ListKey<Object, T> of(String name, ScalarType<T> type, String help) {
        return new ListKey<>(name, type, help, null, false, null);
    }

    /** @param right completes "must be …" in the problem of an empty list */
    public ListKey<C, T> atLeastOne(String right) {
        return new ListKey<>(name, type, help, right, true, shown);
    }

    public ListKey<C, T> required() {
        return new ListKey<>(name, type, help, atLeastOne, true, shown);
    }

    public <D> ListKey<D, T> shown(Function<D, Collection<?>> getter) {
        return new ListKey<>(name, type, help, atLeastOne, isRequired, getter);
    }

    public Field<List<T>> in(YamlMap map) {
        Field<List<T>> field = map.values(name, type);
        return atLeastOne == null ? field : field.must(list -> !list.isEmpty(), atLeastOne);
    }

    /** Returns the list's values; empty where it is missing, which is a problem where it is required. */
    public List<T> of(YamlMap map) {
        return isRequired ? in(map).required(List.of()) : in(map).orElse(List.of());
    }

    @Override
    public JsonKeywords json() {
        JsonKeywords list = JsonKeywords.listOf(type.json()).and(Map.of("description", Words.joined(help)));
        return atLeastOne == null ? list : list.and(Map.of("minItems", 1));
    }

    @Override
    public void show(YamlText yaml, C config) {
        if (shown != null) {
            yaml.line(name, shown.apply(config));
        }
    }
}
