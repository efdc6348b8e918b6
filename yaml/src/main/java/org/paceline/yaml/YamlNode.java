package org.paceline.yaml;

/** A value in a file, with its place. */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {

    Place place();

    /** Reports that this value is wrong. */
    default void problem(String message) {
        place().problem(message);
    }

    /** Returns what kind of value it is, for messages. */
    default String described() {
        return switch (this) {
            case YamlMap _ -> "a mapping";
            case YamlList _ -> "a list";
            case YamlScalar scalar -> scalar.isEmpty() ? "empty" : "'" + scalar.shortened() + "'";
        };
    }
}
