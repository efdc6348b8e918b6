package org.paceline.rules.policy;

import java.time.LocalDate;
import java.util.List;
import org.paceline.rules.calendar.HoursKeys;
import org.paceline.rules.citation.Citations;
import org.paceline.yaml.JsonKeywords;
import org.paceline.yaml.ScalarType;
import org.paceline.yaml.key.Bounds;
import org.paceline.yaml.key.Key;
import org.paceline.yaml.key.OwnShape;
import org.paceline.yaml.key.Section;

/** The keys of a policy's file. */
public final class PolicyKeys {
    private static final String ID_FORM = "[a-z][a-z0-9-]{1,39}";

    static final Key<Object, String> ID = Key.of("id", ScalarType.TEXT, "what campaigns name it by")
            .within(Bounds.of(
                    "small letters, digits and dashes, for example us-federal", text -> text.matches(ID_FORM)))
            .required("");
    static final OwnShape EXTENDS = new OwnShape(
            "extends",
            "one or several policies whose keys hold where this one has none; 'none' as a value takes a key away",
            JsonKeywords.anyOf(JsonKeywords.pattern(ID_FORM), JsonKeywords.listOf(JsonKeywords.pattern(ID_FORM))));
    static final Key<Object, String> TITLE =
            Key.of("title", ScalarType.TEXT, "one line for people").required("");
    static final Key<Object, String> CITATION = Key.of(
                    Citations.KEY.name(), ScalarType.TEXT, "where it stands as a whole")
            .required("");
    static final Key<Object, LocalDate> CHECKED = Key.of(
                    "checked", ScalarType.DATE, "when the figures were last compared with the source")
            .required(LocalDate.EPOCH);

    public static final Section<Object, Object> FILE = Section.of(
            "",
            "What one regulation allows",
            List.of(
                    ID,
                    EXTENDS,
                    TITLE,
                    CITATION,
                    CHECKED,
                    DutyKeys.APPLIES_TO,
                    HoursKeys.HOURS,
                    HoursKeys.HOLIDAYS,
                    LimitKeys.CAPS,
                    LimitKeys.BLOCKED,
                    LimitKeys.ABANDONMENT,
                    DutyKeys.RECORDING,
                    DutyKeys.SCRIPT,
                    DutyKeys.LIST,
                    DutyKeys.CLASS_OF_SERVICE,
                    DutyKeys.CONSENT));

    /** The keys that every file must have itself, whatever it extends. */
    public static final List<String> OWN = List.of(ID.name(), CITATION.name(), CHECKED.name());

    private PolicyKeys() {}
}
