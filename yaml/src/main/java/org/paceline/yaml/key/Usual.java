package org.paceline.yaml.key;

/** What holds where a key is missing. */
public sealed interface Usual<T> {

    /** Nothing: the key switches something on. */
    record None<T>() implements Usual<T> {}

    record Value<T>(T value) implements Usual<T> {}

    /** A value that depends on others. */
    record Words<T>(String words) implements Usual<T> {}

    /** A problem. */
    record Required<T>(T standIn) implements Usual<T> {}
}
