package org.paceline.yaml;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A mapping. Reading is declaring: each typed read makes its key a known one, and {@link #refuseUnknownKeys} afterwards
 * tells of every key that nobody read. So the reading code is the schema, and a key cannot be accepted and ignored.
 *
 * <pre>{@code
 * YamlMap root = YamlFile.parse("conf/node.yaml", text, problems);
 * int port = root.integer("port").must(p -> p > 0 && p < 65536, "a port from 1 to 65535").orElse(5060);
 * Duration ring = root.duration("ring").required(Duration.ZERO);
 * for (YamlMap trunk : root.maps("trunks")) { … }
 * root.refuseUnknownKeys();
 * problems.throwIfAny();
 * }</pre>
 *
 * <p>Thread: one at a time.
 */
public final class YamlMap implements YamlNode {
    private final Place place;
    private final Map<String, YamlNode> values;
    private final SequencedSet<String> known = new LinkedHashSet<>();

    YamlMap(Place place, Map<String, YamlNode> values) {
        this.place = place;
        this.values = new LinkedHashMap<>(values);
    }

    /**
     * A mapping of single values that come from elsewhere, such as the options of a command.
     *
     * @param source the name in problems instead of a file's; their line is 0
     */
    public static YamlMap ofTexts(String source, Map<String, String> texts, ConfigProblems problems) {
        Place root = new Place(source, 0, "", problems);
        Map<String, YamlNode> values = new LinkedHashMap<>();
        texts.forEach((key, text) -> values.put(key, new YamlScalar(root.key(key, 0), text)));
        return new YamlMap(root, values);
    }

    @Override
    public Place place() {
        return place;
    }

    /** Returns the keys as written, in their order; this does not make them known. */
    public SequencedSet<String> keys() {
        return new LinkedHashSet<>(values.keySet());
    }

    public Field<String> text(String key) {
        return value(key, ScalarType.TEXT);
    }

    public Field<Integer> integer(String key) {
        return value(key, ScalarType.INTEGER);
    }

    public Field<Double> decimal(String key) {
        return value(key, ScalarType.DECIMAL);
    }

    public Field<Boolean> flag(String key) {
        return value(key, ScalarType.FLAG);
    }

    public Field<Duration> duration(String key) {
        return value(key, ScalarType.DURATION);
    }

    /** Reads a share from 0 to 1, written {@code 3%}. */
    public Field<Double> percent(String key) {
        return value(key, ScalarType.PERCENT);
    }

    public Field<LocalDate> date(String key) {
        return value(key, ScalarType.DATE);
    }

    /** Reads the digits of a number written in E.164 form with its {@code +}. */
    public Field<Long> e164(String key) {
        return value(key, ScalarType.E164);
    }

    public <E extends Enum<E>> Field<E> choice(String key, Class<E> type) {
        return value(key, ScalarType.choice(type));
    }

    public <T> Field<T> value(String key, ScalarType<T> type) {
        YamlNode node = known(key);
        if (node == null) {
            return Field.missing(place.key(key, place.line()), type.expected());
        }
        return Field.read(node.place(), type.expected(), type.read(node));
    }

    /** Reads a list of single values. */
    public <T> Field<List<T>> values(String key, ScalarType<T> type) {
        Field<YamlList> list = list(key);
        String expected = "a list, each " + type.expected();
        YamlList found = list.orNull();
        if (found == null) {
            return list.isWritten() ? Field.read(list.place(), expected, null) : Field.missing(list.place(), expected);
        }
        return Field.read(list.place(), expected, found.values(type));
    }

    public Field<YamlList> list(String key) {
        YamlNode node = known(key);
        return switch (node) {
            case null -> Field.missing(place.key(key, place.line()), "a list");
            case YamlList list -> Field.read(list.place(), "a list", list);
            case YamlMap _, YamlScalar _ -> {
                node.problem("must be a list, for example [a, b]; is " + node.described());
                yield Field.read(node.place(), "a list", null);
            }
        };
    }

    /** Reads a list of mappings, empty where the key is missing or everything under it is commented out. */
    public List<YamlMap> maps(String key) {
        if (known(key) instanceof YamlScalar scalar && scalar.isEmpty()) {
            return List.of();
        }
        YamlList list = list(key).orNull();
        return list == null ? List.of() : list.maps();
    }

    /** Reads a mapping within this one; a mapping whose keys are all commented out counts as missing. */
    public Field<YamlMap> map(String key) {
        YamlNode node = known(key);
        return switch (node) {
            case null -> Field.missing(place.key(key, place.line()), "a mapping of keys to values");
            case YamlScalar scalar
            when scalar.isEmpty() -> Field.missing(scalar.place(), "a mapping of keys to values");
            case YamlMap map -> Field.read(map.place(), "a mapping of keys to values", map);
            case YamlList _, YamlScalar _ -> {
                node.problem("must be a mapping of keys to values; is " + node.described());
                yield Field.read(node.place(), "a mapping of keys to values", null);
            }
        };
    }

    /**
     * Reads a mapping within this one; where it is missing, an empty one replaces it, so that all defaults come from
     * one read.
     */
    public YamlMap section(String key) {
        return map(key).orElse(new YamlMap(place.key(key, place.line()), Map.of()));
    }

    /** Returns the value of a key that may have several shapes, or null where the key is missing. */
    public @Nullable YamlNode node(String key) {
        return known(key);
    }

    /**
     * Returns this mapping laid over another one: keys that are missing here come from the other. Where both have a
     * mapping under a key, these are laid over each other in the same way, but nothing deeper is; a list is one value.
     * {@code none} here removes a key that the other has.
     *
     * @param own keys that are never taken from the other
     */
    public YamlMap over(YamlMap base, Set<String> own) {
        YamlMap joined = new YamlMap(place, base.values);
        joined.values.keySet().removeAll(own);
        values.forEach((key, above) -> {
            if (above instanceof YamlMap section && joined.values.get(key) instanceof YamlMap under) {
                YamlMap both = new YamlMap(section.place, under.values);
                section.values.forEach(both::replace);
                joined.values.put(key, both);
            } else {
                joined.replace(key, above);
            }
        });
        return joined;
    }

    private void replace(String key, YamlNode above) {
        YamlNode below = values.get(key);
        boolean isEmptySection = below instanceof YamlMap && above instanceof YamlScalar scalar && scalar.isEmpty();
        if (below != null && isNone(above)) {
            values.remove(key);
        } else if (!isEmptySection) {
            values.put(key, above);
        }
    }

    private static boolean isNone(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.text().equals("none");
    }

    /** Reports every key, here and in the mappings that were read from here, that no read asked for. */
    public void refuseUnknownKeys() {
        values.forEach((key, node) -> {
            if (known.contains(key)) {
                refuseUnknownKeys(node);
            } else {
                place.key(key, node.place().line()).problem(unknownKey(key));
            }
        });
    }

    private static void refuseUnknownKeys(YamlNode node) {
        switch (node) {
            case YamlMap map -> map.refuseUnknownKeys();
            case YamlList list -> list.elements().forEach(YamlMap::refuseUnknownKeys);
            case YamlScalar _ -> {}
        }
    }

    private String unknownKey(String key) {
        String nearest = NearestWord.to(key, known);
        if (nearest != null) {
            return "unknown key; did you mean '" + nearest + "'?";
        }
        return known.isEmpty() ? "unknown key" : "unknown key; known here: " + String.join(", ", known);
    }

    private @Nullable YamlNode known(String key) {
        known.add(key);
        return values.get(key);
    }

    @Override
    public String toString() {
        return "YamlMap" + values.keySet();
    }
}
