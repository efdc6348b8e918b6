package org.paceline.yaml.key;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlText;

/**
 * A mapping under a key.
 *
 * <p>Thread: any (immutable).
 *
 * @param <S> the record that the section is read into
 * @param name the key; empty for a file as a whole
 * @param shown returns the section from the record around it; null for a section that is not shown
 */
public record Section<C, S>(
        String name, String help, List<Entry<? super S>> entries, boolean isRequired, Function<C, @Nullable S> shown)
        implements Declared<C> {

    public Section {
        entries = List.copyOf(entries);
    }

    /** Makes a section that is not shown. */
    public static <S> Section<Object, S> of(String name, String help, List<Entry<? super S>> entries) {
        return new Section<>(name, help, entries, false, _ -> null);
    }

    /** Declares that the section has keys that may not be missing. */
    public Section<C, S> required() {
        return new Section<>(name, help, entries, true, shown);
    }

    /** @param getter returns the section from the record around it; null for a section that is not shown */
    public <D> Section<D, S> shown(Function<D, @Nullable S> getter) {
        return new Section<>(name, help, entries, isRequired, getter);
    }

    /** Returns the names of its keys, in their order. */
    public List<String> names() {
        return declared().stream().map(Declared::name).toList();
    }

    /** Returns its keys, in their order. */
    public List<Declared<?>> declared() {
        List<Declared<?>> keys = new ArrayList<>();
        for (Entry<? super S> entry : entries) {
            switch (entry) {
                case Declared<? super S> key -> keys.add(key);
                case Remark<? super S> _ -> {}
            }
        }
        return keys;
    }

    /** Returns the mapping; an empty one where it is missing. */
    public YamlMap in(YamlMap map) {
        return map.section(name);
    }

    public @Nullable YamlMap orNull(YamlMap map) {
        return map.map(name).orNull();
    }

    /** Returns the JSON Schema keywords. A section whose keys are all commented out is present and empty. */
    @Override
    public JsonKeywords json() {
        return JsonSchema.mapping(help, entries, isRequired ? "object" : List.of("object", "null"));
    }

    @Override
    public void show(YamlText yaml, C config) {
        S section = shown.apply(config);
        if (section != null) {
            yaml.section(name, () -> showAll(yaml, section));
        }
    }

    /** Writes the section's keys alone. */
    public void showAll(YamlText yaml, S section) {
        entries.forEach(entry -> entry.show(yaml, section));
    }
}
