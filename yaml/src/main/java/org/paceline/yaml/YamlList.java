package org.paceline.yaml;

import java.util.ArrayList;
import java.util.List;

/** A sequence of values. */
public record YamlList(Place place, List<YamlNode> elements) implements YamlNode {

    public YamlList {
        elements = List.copyOf(elements);
    }

    /** Returns the elements as mappings; other elements are problems and left out. */
    public List<YamlMap> maps() {
        List<YamlMap> maps = new ArrayList<>();
        for (YamlNode element : elements) {
            if (element instanceof YamlMap map) {
                maps.add(map);
            } else {
                element.problem("must be a mapping of keys to values; is " + element.described());
            }
        }
        return maps;
    }

    /** Returns the elements as single values; other elements are problems and left out. */
    public <T> List<T> values(ScalarType<T> type) {
        List<T> values = new ArrayList<>();
        for (YamlNode element : elements) {
            T value = type.read(element);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }
}
