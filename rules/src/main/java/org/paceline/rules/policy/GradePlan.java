package org.paceline.rules.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.paceline.yaml.YamlMap;

/**
 * The plan of a campaign for leads of one grade ({@code lead.grade}).
 *
 * @param attempts most attempts that such a lead gets, at least 1
 */
public record GradePlan(int attempts) {
    public GradePlan {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts=" + attempts + ": must be at least 1");
        }
    }

    /** Reads {@code grades: {A: {attempts: 6}, B: {attempts: 2}}}; empty where the key is missing. */
    public static Map<String, GradePlan> read(YamlMap map) {
        Map<String, GradePlan> plans = new LinkedHashMap<>();
        YamlMap section = map.map(DutyKeys.GRADES.name()).orNull();
        if (section != null) {
            for (String grade : section.keys()) {
                plans.put(grade, new GradePlan(DutyKeys.ATTEMPTS.of(section.section(grade))));
            }
        }
        return plans;
    }
}
