package org.paceline.daemon.config.show;

import org.paceline.rules.policy.PolicyKeys;
import org.paceline.yaml.key.JsonSchema;

/** The kinds of configuration files, each with its JSON Schema. */
public enum ConfigSchema {
    PACELINE,
    CAMPAIGN,
    POLICY;

    /** Returns the schema as JSON text. */
    public String text() {
        return switch (this) {
            case PACELINE -> JsonSchema.of(NodeSchema.FILE);
            case CAMPAIGN -> JsonSchema.of(CampaignSchema.FILE);
            case POLICY -> JsonSchema.ofLayered(PolicyKeys.FILE, PolicyKeys.OWN);
        };
    }
}
