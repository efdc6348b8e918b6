package org.paceline.yaml.key;

import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.YamlText;

/**
 * A key whose value has a form of its own, which its reader parses by hand. The effective configuration shows it in
 * remarks.
 */
public record OwnShape(String name, String help, boolean isRequired, JsonKeywords json) implements Declared<Object> {

    public OwnShape(String name, String help, JsonKeywords json) {
        this(name, help, false, json);
    }

    @Override
    public void show(YamlText yaml, Object config) {}
}
