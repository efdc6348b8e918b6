package org.paceline.rules.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.YamlMap;

/**
 * How far a campaign may call ({@code class-of-service}).
 *
 * @param granted the reach that was approved
 * @param home the beginnings of numbers that are local calls, E.164 digits without {@code +}; the country of the first
 * is the home country
 */
public record ClassOfService(Reach granted, List<String> home) {
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
        YamlMap section = DutyKeys.CLASS.orNull(map);
        if (section == null) {
            return null;
        }
        Reach granted = DutyKeys.GRANTED.of(section);
        List<String> home = DutyKeys.HOME.of(section);
        return home.isEmpty() ? null : new ClassOfService(granted, home);
    }
}
