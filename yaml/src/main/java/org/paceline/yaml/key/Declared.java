package org.paceline.yaml.key;

import org.paceline.yaml.JsonKeywords;

/** A key that the file may have. */
public sealed interface Declared<C> extends Entry<C> permits Key, ListKey, Section, SectionList, OwnShape {

    String name();

    /** One line for people; empty where the name says it. */
    String help();

    /** Whether a mapping without it is refused. */
    boolean isRequired();

    /** What the value may be. */
    JsonKeywords json();
}
