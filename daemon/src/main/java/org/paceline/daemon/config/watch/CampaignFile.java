package org.paceline.daemon.config.watch;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.CampaignId;
import org.paceline.yaml.ConfigProblem;

/**
 * The state of a campaign file, or of another file with problems.
 *
 * @param inForce the campaign that the daemon runs from it, or null where it never was valid
 * @param problems the problems of its newest content; while there are any, the content before them stays in force
 */
public record CampaignFile(Path file, @Nullable CampaignId inForce, List<ConfigProblem> problems) {

    public CampaignFile {
        problems = List.copyOf(problems);
    }

    public boolean valid() {
        return problems.isEmpty();
    }
}
