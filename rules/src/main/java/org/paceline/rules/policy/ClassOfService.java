package org.paceline.rules.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;

/**
 * How far a campaign may call ({@code class-of-service}).
 *
 * @param granted the reach that was approved
 * @param home the beginnings of numbers that are local calls, E.164 digits without {@code +}; the country of the first
 * is the home country
 */
public record ClassOfService(Reach granted, List<String> home) {
    private static final ScalarType<String> PREFIX = new ScalarType<>(
            "leading digits in E.164 form, for example \"+8610\"",
            text -> text.matches("\\+[1-9]\\d{0,14}") ? text.substring(1) : null);

    /** How far a call may go, from the nearest to the farthest. */
    public enum Reach {
        LOCAL,
        NATIONAL,
        INTERNATIONAL
    }

    public ClassOfService {
        home = List.copyOf(home);
        if (home.isEmpty()) {
            throw new IllegalArgumentException("home is empty: name at least one prefix");
        }
    }

    /** Reads {@code class-of-service: {granted: national, home: ["+8610"]}}; null where the key is missing. */
    public static @Nullable ClassOfService read(YamlMap map) {
        YamlMap section = map.map("class-of-service").orNull();
        if (section == null) {
            return null;
        }
        Reach granted = section.choice("granted", Reach.class).required(Reach.LOCAL);
        List<String> home = section.values("home", PREFIX)
                .must(list -> !list.isEmpty(), "at least one prefix")
                .required(List.of());
        return home.isEmpty() ? null : new ClassOfService(granted, home);
    }
}
