package org.paceline.rules.policy;

import java.time.LocalDate;
import java.util.List;
import org.paceline.rules.calendar.CallingHoursReader;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.YamlMap;

/** Reads one policy file; problems are added to the file's problems. */
final class PolicyReader {
    private static final String ID = "[a-z][a-z0-9-]{1,39}";

    static final String EXTENDS = "extends";

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
        String id = root.text("id")
                .must(text -> text.matches(ID), "small letters, digits and dashes, for example us-federal")
                .required("");
        root.node(EXTENDS);
        Policy policy = new Policy(
                id,
                root.text("title").required(""),
                root.text("citation").required(""),
                root.date("checked").required(LocalDate.EPOCH),
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
