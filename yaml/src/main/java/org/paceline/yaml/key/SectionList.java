package org.paceline.yaml.key;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.YamlText;

/**
 * A list of mappings under a key.
 *
 * <p>Thread: any (immutable).
 *
 * @param <S> the record that each element is read into
 * @param shown returns the elements from the record around them
 * @param tellsNone whether the effective configuration says that there are none
 */
public record SectionList<C, S>(
        String name,
        String help,
        List<Entry<? super S>> entries,
        boolean isRequired,
        Function<C, List<S>> shown,
        boolean tellsNone)
        implements Declared<C> {

    public SectionList {
        entries = List.copyOf(entries);
    }

    /** Makes a list that may be missing, and is not shown. */
    public static <S> SectionList<Object, S> of(String name, String help, List<Entry<? super S>> entries) {
        return new SectionList<>(name, help, entries, false, _ -> List.of(), false);
    }

    public SectionList<C, S> required() {
        return new SectionList<>(name, help, entries, true, shown, tellsNone);
    }

    public <D> SectionList<D, S> shown(Function<D, List<S>> getter) {
        return new SectionList<>(name, help, entries, isRequired, getter, tellsNone);
    }

    /** Lets the effective configuration say so where there are no elements. */
    public SectionList<C, S> tellingNone() {
        return new SectionList<>(name, help, entries, isRequired, shown, true);
    }

    public List<YamlMap> in(YamlMap map) {
        return map.maps(name);
    }

    @Override
    public JsonKeywords json() {
        JsonKeywords list = JsonKeywords.of(
                "type",
                isRequired ? "array" : List.of("array", "null"),
                "items",
                JsonSchema.mapping("", entries, "object"));
        if (!help.isEmpty()) {
            list = list.and(Map.of("description", Words.joined(help)));
        }
        return isRequired ? list.and(Map.of("minItems", 1)) : list;
    }

    @Override
    public void show(YamlText yaml, C config) {
        List<S> elements = shown.apply(config);
        if (!elements.isEmpty()) {
            yaml.section(
                    name,
                    () -> elements.forEach(
                            element -> yaml.element(() -> entries.forEach(entry -> entry.show(yaml, element)))));
        } else if (tellsNone) {
            yaml.line(name, null);
        }
    }
}
