package org.paceline.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.rules.calendar.CallingHours;
import org.paceline.rules.calendar.HolidayTerms;
import org.paceline.yaml.ConfigProblems;

class PolicyExtendsTest {
    private static final String BASE = """
            id: base
            title: Base
            citation: base law
            checked: 2026-11-01
            hours:
              citation: {days: base law 1, quiet: base law 2}
              days: {mon-fri: [08:00-20:00]}
              quiet: [12:00-13:00]
            holidays: {calendar: fr, added: [12-24]}
            caps: {citation: base caps, number-day: 3, gap: 30m, rolling: [4 in 30d]}
            abandonment: {citation: base abandonment, limit: 5%, connect-within: 2s, window: 30d}
            """;

    @TempDir
    private Path folder;

    private final ConfigProblems problems = new ConfigProblems();

    @Test
    void shouldInheritWhatAFileDoesNotSetWithItsCitation() throws IOException {
        write("base", BASE);
        Policy policy = policy("own", """
                id: own
                extends: base
                citation: own rule
                checked: 2026-11-24
                caps: {number-day: 2}
                abandonment: {citation: own abandonment, limit: 3%}
                """);

        assertThat(policy.title()).isEqualTo("Base");
        assertThat(policy.citation()).isEqualTo("own rule");
        assertThat(policy.checked()).isEqualTo("2026-11-24");
        assertThat(policy.caps())
                .extracting(Object::toString)
                .containsExactly(
                        "NumberDay[atMost=2, citation=own rule]",
                        "NumberRolling[atMost=4, period=PT720H, citation=base caps]",
                        "NumberGap[least=PT30M, citation=base caps]");
        AbandonmentTerms terms = Objects.requireNonNull(policy.abandonment());
        assertThat(terms.limitRatio()).isEqualTo(0.03);
        assertThat(terms.connectWithinMillis()).isEqualTo(2_000);
        assertThat(terms.citation()).isEqualTo("own abandonment; base abandonment");
        CallingHours hours = Objects.requireNonNull(policy.hours());
        assertThat(hours.citation()).isEqualTo("base law 1");
        assertThat(hours.quietCitation()).isEqualTo("base law 2");
    }

    @Test
    void shouldReplaceListsAndTheWeekAsAWhole() throws IOException {
        write("base", BASE);
        Policy policy = policy("own", """
                id: own
                extends: [base]
                citation: own rule
                checked: 2026-11-24
                hours: {days: {sat: [10:00-12:00]}}
                holidays: {added: [12-31]}
                caps: {rolling: [2 in 7d]}
                """);

        CallingHours hours = Objects.requireNonNull(policy.hours());
        assertThat(hours.figure()).isEqualTo("mon-fri closed, sat 10:00-12:00, sun closed");
        assertThat(hours.citation()).isEqualTo("own rule");
        assertThat(hours.quietFigure()).isEqualTo("12:00-13:00");
        HolidayTerms holidays = Objects.requireNonNull(hours.holidays());
        assertThat(holidays.calendar()).isEqualTo("fr");
        assertThat(holidays.added()).hasToString("[Yearly[day=--12-31]]");
        assertThat(policy.caps())
                .extracting(Object::toString)
                .contains("NumberRolling[atMost=2, period=PT168H, citation=own rule]")
                .hasSize(3);
    }

    @Test
    void shouldTakeAwayWithNone() throws IOException {
        write("base", BASE);
        Policy policy = policy("own", """
                id: own
                extends: base
                citation: own rule
                checked: 2026-11-24
                hours: {quiet: none}
                holidays: none
                caps: {gap: none, number-day: none}
                abandonment: {limit: 5%}
                """);

        CallingHours hours = Objects.requireNonNull(policy.hours());
        assertThat(hours.quiet()).isEmpty();
        assertThat(hours.holidays()).isNull();
        assertThat(policy.caps()).singleElement().isInstanceOf(Cap.NumberRolling.class);
    }

    @Test
    void shouldLetTheFirstNamedWinAndAFileWinOverWhatItExtends() throws IOException {
        write("base", BASE);
        write("left", "id: left\nextends: base\ncitation: left\nchecked: 2026-11-24\ncaps: {gap: 1h}\n");
        write(
                "right",
                "id: right\nextends: base\ncitation: right\nchecked: 2026-11-24\ncaps: {gap: 2h, number-day: 9}\n");
        Policy policy = policy("own", "id: own\nextends: [left, right]\ncitation: own\nchecked: 2026-11-24\n");

        assertThat(policy.caps())
                .extracting(Object::toString)
                .contains("NumberGap[least=PT1H, citation=left]", "NumberDay[atMost=9, citation=right]");
    }

    @Test
    void shouldOverrideOneFigureOfABuiltInPolicyUnderItsId() throws IOException {
        Policy policy = policy("us-federal", """
                id: us-federal
                extends: us-federal
                citation: house rule
                checked: 2026-11-24
                abandonment: {limit: 1%}
                """);
        Policy builtIn = Objects.requireNonNull(PolicyLibrary.builtIn().policy("us-federal"));

        assertThat(Objects.requireNonNull(policy.abandonment()).limitRatio()).isEqualTo(0.01);
        assertThat(policy.abandonment().window().longestMillis())
                .isEqualTo(
                        Objects.requireNonNull(builtIn.abandonment()).window().longestMillis());
        assertThat(policy.hours()).isEqualTo(builtIn.hours());
        assertThat(policy.title()).isEqualTo(builtIn.title());
    }

    @Test
    void shouldTellEveryErrorOfExtendingAtOnce() throws IOException {
        write("a", "id: a1\nextends: b1\ntitle: t\ncitation: c\nchecked: 2026-11-24\n");
        write("b", "id: b1\nextends:\n  - fr\n  - c1\ntitle: t\ncitation: c\nchecked: 2026-11-24\n");
        write("c", "id: c1\nextends: [a1]\ntitle: t\ncitation: c\nchecked: 2026-11-24\n");
        write("d", "id: d1\nextends: [us-fedral, d1, [x]]\ntitle: t\ncitation: c\nchecked: 2026-11-24\n");
        write("e", "id: e1\nextends: fr\ncaps: {gap: 30, ruling: [1]}\n");
        PolicyLibrary.load(folder, problems);

        assertThat(told())
                .containsExactly(
                        "c.yaml:2: extends[0]: closes a circle: a1 extends b1 extends c1 extends a1; take one of them out",
                        "d.yaml:2: extends[0]: no policy 'us-fedral'; did you mean 'us-federal'?",
                        "d.yaml:2: extends[1]: 'd1' is this policy itself; name another one",
                        "d.yaml:2: extends[2]: must be the id of a policy, for example us-federal; is a list",
                        "e.yaml:1: citation: is missing: must be text in one line, without control characters",
                        "e.yaml:1: checked: is missing: must be a date, for example 2026-07-14",
                        "e.yaml:3: caps.gap: must be a duration, for example 30s, 15m, 2h, 30d or 1h30m; is '30'",
                        "e.yaml:3: caps.ruling: unknown key; did you mean 'rolling'?");
    }

    @Test
    void shouldTellAMistakeOnceThoughOthersInheritIt() throws IOException {
        write("base", BASE.replace("gap: 30m", "gap: 0s").replace("quiet: [12:00-13:00]", "quiet: [08:00-20:00]"));
        write("own", "id: own\nextends: base\ncitation: own\nchecked: 2026-11-24\ncaps: {number-day: 1}\n");
        PolicyLibrary.load(folder, problems);

        assertThat(told())
                .containsExactly(
                        "base.yaml:5: hours: quiet periods cover every window of mon; close the day with [] or shorten them",
                        "base.yaml:5: hours: quiet periods cover every window of tue; close the day with [] or shorten them",
                        "base.yaml:5: hours: quiet periods cover every window of wed; close the day with [] or shorten them",
                        "base.yaml:5: hours: quiet periods cover every window of thu; close the day with [] or shorten them",
                        "base.yaml:5: hours: quiet periods cover every window of fri; close the day with [] or shorten them",
                        "base.yaml:10: caps.gap: must be longer than 0s, at most 366d; is 0s");
    }

    private Policy policy(String name, String text) throws IOException {
        write(name, text);
        PolicyLibrary library = PolicyLibrary.load(folder, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(library.policy(name));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), text);
    }

    private List<String> told() {
        return problems.list().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }
}
