package org.paceline.rules.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.Territory;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.YamlMap;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.Section;

/**
 * Reads what a policy demands and whom it binds.
 *
 * <pre>{@code
 * applies-to: {countries: [us], area-codes: ["305", "786"]}
 * recording: {required: true, notice: true}
 * script: {required: true}
 * class-of-service: {required: true}
 * list: {require: [name]}
 * consent: {from: 2026-08-11}
 * }</pre>
 */
public final class DutiesReader {
    private DutiesReader() {}

    static Policy.Duties duties(YamlMap root, Citations citations) {
        return new Policy.Duties(
                flag(root, DutyKeys.RECORDING, DutyKeys.RECORDING_REQUIRED, citations),
                flag(root, DutyKeys.RECORDING, DutyKeys.RECORDING_NOTICE, citations),
                flag(root, DutyKeys.SCRIPT, DutyKeys.SCRIPT_REQUIRED, citations),
                leadName(root, citations),
                flag(root, DutyKeys.CLASS_OF_SERVICE, DutyKeys.CLASS_REQUIRED, citations),
                consent(DutyKeys.CONSENT.orNull(root), citations));
    }

    private static @Nullable String flag(YamlMap root, Section<?, ?> duty, Key<?, Boolean> key, Citations citations) {
        YamlMap section = duty.orNull(root);
        if (section == null) {
            return null;
        }
        String cited = citations.of(section, key.name());
        return key.of(section) ? cited : null;
    }

    /**
     * Returns the citation of the duty to have names in {@code list: {require: [name]}}, or null where there is none.
     */
    public static @Nullable String leadName(YamlMap root, Citations citations) {
        YamlMap section = DutyKeys.LIST.orNull(root);
        if (section == null) {
            return null;
        }
        String cited = citations.of(section, "require");
        return DutyKeys.REQUIRE.of(section).contains(DutyKeys.Column.NAME) ? cited : null;
    }

    private static Policy.@Nullable Consent consent(@Nullable YamlMap section, Citations citations) {
        return section == null
                ? null
                : new Policy.Consent(DutyKeys.CONSENT_FROM.of(section), citations.of(section, "from"));
    }

    static @Nullable Territory territory(YamlMap root) {
        YamlMap section = DutyKeys.APPLIES_TO.orNull(root);
        if (section == null) {
            return null;
        }
        List<String> countries = DutyKeys.COUNTRIES.of(section);
        List<String> areas = DutyKeys.AREA_CODES.of(section);
        return countries.isEmpty() ? null : new Territory(countries, areas);
    }
}
