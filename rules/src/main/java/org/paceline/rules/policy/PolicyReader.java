package org.paceline.rules.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.calendar.CallingHoursReader;
import org.paceline.rules.yaml.YamlMap;

/** Reads one policy file; what is wrong goes to the file's problems. */
final class PolicyReader {
    private static final String ID = "[a-z][a-z0-9-]{1,39}";

    private PolicyReader() {}

    static Policy read(YamlMap root) {
        String id = root.text("id")
                .must(text -> text.matches(ID), "small letters, digits and dashes, for example us-federal")
                .required("");
        String citation = root.text("citation").required("");
        Policy policy = new Policy(
                id,
                root.text("title").required(""),
                citation,
                root.date("checked").required(LocalDate.EPOCH),
                CallingHoursReader.read(root, citation),
                LimitsReader.caps(root, citation),
                LimitsReader.blocked(root, citation),
                LimitsReader.abandonment(root, citation),
                recordingRequired(root.map("recording").orNull(), citation));
        root.refuseUnknownKeys();
        return policy;
    }

    private static @Nullable String recordingRequired(@Nullable YamlMap section, String citation) {
        if (section == null) {
            return null;
        }
        String cited = section.text("citation").orElse(citation);
        return section.flag("required").required(false) ? cited : null;
    }
}
