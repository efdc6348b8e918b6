package org.paceline.yaml.key;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.paceline.yaml.JsonKeywords;

/** Makes JSON Schema keywords for mappings of declared keys. */
final class JsonSchema {
    private JsonSchema() {}

    /** Describes a mapping that has these keys and no others. */
    static JsonKeywords mapping(String help, List<? extends Entry<?>> entries, Object type) {
        SequencedMap<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Entry<?> entry : entries) {
            switch (entry) {
                case Declared<?> key -> {
                    properties.put(key.name(), key.json());
                    if (key.isRequired()) {
                        required.add(key.name());
                    }
                }
                case Remark<?> _ -> {}
            }
        }
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("type", type);
        if (!help.isEmpty()) {
            words.put("description", Words.joined(help));
        }
        words.put("properties", new JsonKeywords(properties));
        if (!required.isEmpty()) {
            words.put("required", required);
        }
        words.put("additionalProperties", false);
        return JsonKeywords.of().and(words);
    }
}
