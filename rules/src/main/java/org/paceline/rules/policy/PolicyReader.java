package org.paceline.rules.policy;

import java.util.List;
import org.paceline.rules.calendar.CallingHoursReader;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.YamlMap;

/** Reads one policy file; problems are added to the file's problems. */
final class PolicyReader {
    static final String EXTENDS = PolicyKeys.EXTENDS.name();

    private PolicyReader() {}

    static Policy read(YamlMap root) {
        return read(root, List.of(root));
    }

    /**
     * @param root the file, laid over the files that it extends
     * @param files the same files, each as it is written
     */
    static Policy read(YamlMap root, List<YamlMap> files) {
        Citations citations = Citations.of(files, "");
        String id = PolicyKeys.ID.of(root);
        root.node(EXTENDS);
        Policy policy = new Policy(
                id,
                PolicyKeys.TITLE.of(root),
                PolicyKeys.CITATION.of(root),
                PolicyKeys.CHECKED.of(root),
                CallingHoursReader.read(root, citations),
                LimitsReader.caps(root, citations),
                LimitsReader.blocked(root, citations),
                LimitsReader.abandonment(root, id, citations),
                DutiesReader.duties(root, citations),
                DutiesReader.territory(root));
        root.refuseUnknownKeys();
        return policy;
    }
}
