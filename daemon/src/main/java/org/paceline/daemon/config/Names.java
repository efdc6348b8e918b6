package org.paceline.daemon.config;

import java.util.HashMap;
import java.util.Map;
import org.paceline.rules.yaml.Field;
import org.paceline.rules.yaml.ScalarType;
import org.paceline.rules.yaml.YamlMap;

/**
 * Names of one kind, each given once. They stand in URLs, metrics and file names, so their letters are few.
 *
 * @param kind what is named, for messages
 */
record Names(String kind, Map<String, Integer> lineOf) {
    static final ScalarType<String> TYPE = new ScalarType<>(
            "a name of letters, digits, '.', '_' and '-'",
            text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") ? text : null);

    Names(String kind) {
        this(kind, new HashMap<>());
    }

    /** Reads the key {@code name} of an entry; a name that was given before is a problem. */
    String read(YamlMap entry) {
        Field<String> field = entry.value("name", TYPE);
        String name = field.required("unnamed");
        if (field.orNull() == null) {
            return name;
        }
        Integer earlier = lineOf.putIfAbsent(name, field.place().line());
        if (earlier != null) {
            field.place()
                    .problem(kind + " '" + name + "' is there already, in line " + earlier
                            + "; name each one differently");
        }
        return name;
    }
}
