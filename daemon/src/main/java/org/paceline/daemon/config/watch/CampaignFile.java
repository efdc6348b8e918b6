package org.paceline.daemon.config.watch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.yaml.ConfigProblem;

/**
 * How a campaign file stands.
 *
 * @param inForce the campaign that the daemon runs from it, or null where it never was valid
 * @param problems of its newest state; while there are any, what was in force before stays so
 */
public record CampaignFile(Path file, @Nullable CampaignId inForce, List<ConfigProblem> problems) {

    public CampaignFile {
        problems = List.copyOf(problems);
    }

    public boolean valid() {
        return problems.isEmpty();
    }
}
