package org.paceline.yaml.key;

/** The value where a key is missing. */
public sealed interface Usual<T> {

    /** There is no default: the key switches something on, or its reader works out what holds. */
    record None<T>() implements Usual<T> {}

    record Value<T>(T value) implements Usual<T> {}

    /** There is no default: a missing key is a problem. */
    record Required<T>(T standIn) implements Usual<T> {}
}
