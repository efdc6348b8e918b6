package org.paceline.yaml.key;

import org.paceline.yaml.JsonKeywords;

/** A key that the file may have. */
public sealed interface Declared<C> extends Entry<C> permits Key, ListKey, Section, SectionList, OwnShape {

    String name();

    /** Returns one line for people; empty where the name says it. */
    String help();

    /** Whether a mapping without this key is refused. */
    boolean isRequired();

    /** Returns the JSON Schema keywords for the value. */
    JsonKeywords json();
}
