package org.paceline.rules.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.NumberPlan;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.ListKey;
import org.paceline.yaml.key.OwnShape;
import org.paceline.yaml.key.Section;

/** The duties that a policy sets and the numbers that it binds; a campaign may set some of the duties too. */
public final class DutyKeys {
    private static final NumberPlan PLAN = new NumberPlan();

    /** Columns of a list that can be demanded. */
    enum Column {
        NAME
    }

    static final Key<Object, Boolean> RECORDING_REQUIRED =
            Key.of("required", ScalarType.FLAG, "every call is recorded").usually(false);
    static final Key<Object, Boolean> RECORDING_NOTICE = Key.of(
                    "notice", ScalarType.FLAG, "both hear before a recording begins that there is one")
            .usually(false);
    static final Section<Object, Object> RECORDING =
            Section.of("recording", "duties to record", List.of(Citations.KEY, RECORDING_REQUIRED, RECORDING_NOTICE));

    static final Key<Object, Boolean> SCRIPT_REQUIRED = Key.of(
                    "required", ScalarType.FLAG, "agents read from an approved script")
            .usually(false);
    static final Section<Object, Object> SCRIPT =
            Section.of("script", "the duty to have a script", List.of(Citations.KEY, SCRIPT_REQUIRED));

    static final Key<Object, Boolean> CLASS_REQUIRED = Key.of(
                    "required", ScalarType.FLAG, "the campaign says how far it may call")
            .usually(false);
    static final Section<Object, Object> CLASS_OF_SERVICE = Section.of(
            "class-of-service", "the duty to have a class of service", List.of(Citations.KEY, CLASS_REQUIRED));

    static final ListKey<Object, Column> REQUIRE = ListKey.of(
                    "require", ScalarType.choice(Column.class), "columns that every lead must have")
            .required();
    /** The key of policies and campaigns for lists. */
    public static final Section<Object, Object> LIST =
            Section.of("list", "what a lead must have to be dialled", List.of(Citations.KEY, REQUIRE));

    static final Key<Object, LocalDate> CONSENT_FROM = Key.of(
                    "from", ScalarType.DATE, "the first day of the duty, at the called party")
            .required(LocalDate.EPOCH);
    static final Section<Object, Object> CONSENT =
            Section.of("consent", "the duty to call only who consented", List.of(Citations.KEY, CONSENT_FROM));

    static final ListKey<Object, String> COUNTRIES = ListKey.of(
                    "countries",
                    new ScalarType<>("a country's two letters, for example us", DutyKeys::country)
                            .json(JsonKeywords.pattern("[A-Za-z]{2}")),
                    "whose numbers it binds")
            .atLeastOne("at least one country");
    static final ListKey<Object, String> AREA_CODES = ListKey.of(
            "area-codes",
            ScalarType.matching("an area code in quotes, for example \"305\"", "[0-9]{1,6}"),
            "only numbers of these; none for all");
    static final Section<Object, Object> APPLIES_TO =
            Section.of("applies-to", "the numbers that it binds; all unless set", List.of(COUNTRIES, AREA_CODES));

    static final Key<Object, ClassOfService.Reach> GRANTED = Key.of(
                    "granted", ScalarType.choice(ClassOfService.Reach.class), "what was approved")
            .required(ClassOfService.Reach.LOCAL);
    static final ListKey<Object, String> HOME = ListKey.of(
                    "home",
                    new ScalarType<String>(
                                    "leading digits in E.164 form, for example \"+8610\"",
                                    text -> text.matches(LimitKeys.PREFIX_FORM) ? text.substring(1) : null)
                            .json(JsonKeywords.digits(LimitKeys.PREFIX_FORM)),
                    "how local numbers begin; the country of the first is home")
            .atLeastOne("at least one prefix");
    /** The key of campaigns for their class of service. */
    public static final Section<Object, Object> CLASS =
            Section.of("class-of-service", "how far the campaign may call", List.of(GRANTED, HOME));

    static final Key<Object, Integer> ATTEMPTS = Key.of(
                    "attempts", ScalarType.INTEGER, "most attempts that such a lead gets")
            .within(Bounds.atLeast(1))
            .required(1);
    /** The key of campaigns for grades. */
    public static final OwnShape GRADES = new OwnShape(
            "grades",
            "the grades of leads that are dialled, with their plans; all leads alike unless set",
            JsonKeywords.mapping(".+", Section.of("", "", List.of(ATTEMPTS)).json()));

    private DutyKeys() {}

    private static @Nullable String country(String text) {
        String code = text.toUpperCase(Locale.ROOT);
        return PLAN.isRegion(code) ? code : null;
    }
}
