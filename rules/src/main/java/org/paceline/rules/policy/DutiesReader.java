package org.paceline.rules.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.Territory;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.YamlMap;

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
    private static final NumberPlan PLAN = new NumberPlan();

    private static final ScalarType<String> COUNTRY =
            new ScalarType<>("a country's two letters, for example us", DutiesReader::country);

    private static final ScalarType<String> AREA_CODE = new ScalarType<>(
            "an area code in quotes, for example \"305\"", text -> text.matches("[0-9]{1,6}") ? text : null);

    /** Columns of a list that can be demanded. */
    public enum Column {
        NAME
    }

    private DutiesReader() {}

    static Policy.Duties duties(YamlMap root, Citations citations) {
        return new Policy.Duties(
                flag(root, "recording", "required", citations),
                flag(root, "recording", "notice", citations),
                flag(root, "script", "required", citations),
                leadName(root, citations),
                flag(root, "class-of-service", "required", citations),
                consent(root.map("consent").orNull(), citations));
    }

    private static @Nullable String flag(YamlMap root, String name, String key, Citations citations) {
        YamlMap section = root.map(name).orNull();
        if (section == null) {
            return null;
        }
        String cited = citations.of(section, key);
        return section.flag(key).orElse(false) ? cited : null;
    }

    /**
     * Returns the citation of the duty to have names in {@code list: {require: [name]}}, or null where there is none.
     */
    public static @Nullable String leadName(YamlMap root, Citations citations) {
        YamlMap section = root.map("list").orNull();
        if (section == null) {
            return null;
        }
        String cited = citations.of(section, "require");
        List<Column> columns =
                section.values("require", ScalarType.choice(Column.class)).required(List.of());
        return columns.contains(Column.NAME) ? cited : null;
    }

    private static Policy.@Nullable Consent consent(@Nullable YamlMap section, Citations citations) {
        return section == null
                ? null
                : new Policy.Consent(section.date("from").required(LocalDate.EPOCH), citations.of(section, "from"));
    }

    static @Nullable Territory territory(YamlMap root) {
        YamlMap section = root.map("applies-to").orNull();
        if (section == null) {
            return null;
        }
        List<String> countries = section.values("countries", COUNTRY)
                .must(list -> !list.isEmpty(), "at least one country")
                .required(List.of());
        List<String> areas = section.values("area-codes", AREA_CODE).orElse(List.of());
        return countries.isEmpty() ? null : new Territory(countries, areas);
    }

    private static @Nullable String country(String text) {
        String code = text.toUpperCase(Locale.ROOT);
        return PLAN.isRegion(code) ? code : null;
    }
}
