package org.paceline.daemon.api;

import java.util.List;
import org.paceline.daemon.config.watch.CampaignFile;
import org.paceline.yaml.ConfigProblem;

/** A campaign file with its problems. */
record FileView(String path, boolean valid, List<String> problems) {

    static FileView of(CampaignFile file) {
        return new FileView(
                file.file().toString(),
                file.valid(),
                file.problems().stream().map(ConfigProblem::toString).toList());
    }
}
