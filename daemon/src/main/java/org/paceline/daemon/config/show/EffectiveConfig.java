package org.paceline.daemon.config.show;

import org.paceline.daemon.config.CampaignConfig;
import org.paceline.daemon.config.DaemonConfig;
import org.paceline.yaml.YamlText;

/** The configuration in force, defaults included and secrets masked, in the notation of its files. */
public final class EffectiveConfig {

    private EffectiveConfig() {}

    /** Returns the node's part. */
    public static String of(DaemonConfig config) {
        YamlText yaml = new YamlText();
        NodeSchema.FILE.showAll(yaml, config);
        return yaml.toString();
    }

    /** Returns a campaign's part. */
    public static String of(CampaignConfig config) {
        YamlText yaml = new YamlText();
        CampaignSchema.FILE.showAll(yaml, config);
        return yaml.toString();
    }
}
