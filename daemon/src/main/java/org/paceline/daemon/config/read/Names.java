package org.paceline.daemon.config.read;

import java.util.HashMap;
import java.util.Map;
import org.paceline.daemon.config.key.CommonKeys;
import org.paceline.yaml.Field;
import org.paceline.yaml.YamlMap;

/**
 * Names of one kind, each given once.
 *
 * @param kind what is named, for messages
 */
record Names(String kind, Map<String, Integer> lineOf) {
    Names(String kind) {
        this(kind, new HashMap<>());
    }

    /** Reads the key {@code name} of an entry; a name that was given before is a problem. */
    String read(YamlMap entry) {
        Field<String> field = CommonKeys.NAME.in(entry);
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
