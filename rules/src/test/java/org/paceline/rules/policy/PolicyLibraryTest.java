package org.paceline.rules.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.rules.AbandonmentTerms;
import org.paceline.yaml.ConfigProblem;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.YamlFile;

class PolicyLibraryTest {
    private final ConfigProblems problems = new ConfigProblems();

    @Test
    void shouldLoadEveryBuiltInPolicyWithItsCitation() {
        PolicyLibrary library = PolicyLibrary.builtIn();
        assertThat(library.all())
                .extracting(Policy::id)
                .containsExactly(
                        "au",
                        "ca-crtc",
                        "cn-telesales",
                        "de",
                        "fr",
                        "it-garante",
                        "uk-ofcom",
                        "us-ct",
                        "us-federal",
                        "us-fl",
                        "us-md",
                        "us-nv",
                        "us-ok",
                        "us-reg-f",
                        "us-wa");
        assertThat(library.all()).allSatisfy(policy -> {
            assertThat(policy.citation()).isNotBlank();
            assertThat(policy.title()).isNotBlank();
            assertThat(policy.checked()).isAfter("2026-01-01");
        });
    }

    @Test
    void shouldKeepTheFiguresOfTheCatalogue() {
        PolicyLibrary library = PolicyLibrary.builtIn();
        Policy federal = Objects.requireNonNull(library.policy("us-federal"));
        assertThat(Objects.requireNonNull(federal.hours()).figure()).isEqualTo("mon-sun 08:00-21:00");
        assertThat(Objects.requireNonNull(federal.abandonment()).limitRatio()).isEqualTo(0.03);
        assertThat(federal.abandonment().window().longestMillis())
                .isEqualTo(Duration.ofDays(30).toMillis());
        Policy china = Objects.requireNonNull(library.policy("cn-telesales"));
        assertThat(china.duties().recording()).isNotNull();
        assertThat(china.caps()).hasSize(3);
        assertThat(Objects.requireNonNull(library.policy("fr")).caps().getFirst())
                .isInstanceOfSatisfying(Cap.NumberRolling.class, cap -> {
                    assertThat(cap.atMost()).isEqualTo(4);
                    assertThat(cap.period()).isEqualTo(Duration.ofDays(30));
                });
    }

    @Test
    void shouldTellEveryErrorWithItsLineAndWhatWouldBeRight() {
        PolicyReader.read(YamlFile.parse("bad.yaml", """
                id: My Policy
                title: Broken on purpose
                citation: none
                checked: yesterday
                hours:
                  dayz: {}
                  days:
                    mon-fri: [08:00-08:00, 25:00-26:00]
                    tue: [10:00-12:00]
                    holiday: []
                    sat: [{window: 09:00-12:00, first-dial: 13:00}]
                    sun: [09:00-12:00, 11:00-14:00]
                  quiet: [noon]
                holidays:
                  calendar: fantasia
                  working: [2026-13-01]
                caps:
                  number-day: 0
                  rolling: [3]
                  gap: 30
                  agentday: 200
                blocked:
                  prefixes: [168]
                  kinds: [premium]
                abandonment:
                  limit: 0.03
                  connect-within: 2s
                """, problems));

        assertThat(problems.list())
                .map(ConfigProblem::toString)
                .containsExactlyInAnyOrder(
                        "bad.yaml:1: id: must be small letters, digits and dashes, for example us-federal; is My Policy",
                        "bad.yaml:4: checked: must be a date, for example 2026-07-14; is 'yesterday'",
                        "bad.yaml:6: hours.dayz: unknown key; did you mean 'days'?",
                        "bad.yaml:8: hours.days.mon-fri[0]: must be a window, for example 08:00-20:00 (22:00-02:00 ends on the next"
                                + " day); is '08:00-08:00'",
                        "bad.yaml:8: hours.days.mon-fri[1]: must be a window, for example 08:00-20:00 (22:00-02:00 ends on the next"
                                + " day); is '25:00-26:00'",
                        "bad.yaml:9: hours.days.tue: sets tue a second time; name each weekday once",
                        "bad.yaml:10: hours.days.holiday: is not a weekday; write mon, tue, wed, thu, fri, sat, sun, or a span such"
                                + " as mon-fri",
                        "bad.yaml:11: hours.days.sat[0].first-dial: must be a time within the window 09:00-12:00; is 13:00",
                        "bad.yaml:12: hours.days.sun[1]: overlaps 09:00-12:00; join them or move one",
                        "bad.yaml:13: hours.quiet[0]: must be a window, for example 08:00-20:00 (22:00-02:00 ends on the next day);"
                                + " is 'noon'",
                        "bad.yaml:15: holidays.calendar: no holiday calendar 'fantasia'; use the country's two letters, for example"
                                + " fr, or leave it out and list the days under 'added'",
                        "bad.yaml:16: holidays.working[0]: must be a date, for example 2026-10-01, 2026-10-01..2026-10-07, or 10-01"
                                + " for every year; is '2026-13-01'",
                        "bad.yaml:18: caps.number-day: must be at least 1; is 0",
                        "bad.yaml:19: caps.rolling[0]: must be a count and a period up to 366d, for example 3 in 24h; is '3'",
                        "bad.yaml:20: caps.gap: must be a duration, for example 30s, 15m, 2h, 30d or 1h30m; is '30'",
                        "bad.yaml:21: caps.agentday: unknown key; did you mean 'agent-day'?",
                        "bad.yaml:23: blocked.prefixes[0]: must be leading digits in E.164 form, for example +86168; is '168'",
                        "bad.yaml:24: blocked.kinds[0]: must be one of fixed-line, mobile, fixed-line-or-mobile, toll-free,"
                                + " premium-rate, shared-cost, voip, personal, pager, uan, voicemail, unknown; is 'premium'",
                        "bad.yaml:26: abandonment.limit: must be a percentage from 0% to 100%, for example 3%; is '0.03'",
                        "bad.yaml:25: abandonment.window: is missing: must be a duration from 1m to 366d, or calendar-month");
    }

    @Test
    void shouldOnlySayThatAFileCannotBeRead(@TempDir Path folder) throws IOException {
        Files.createSymbolicLink(folder.resolve("link.yaml"), folder.resolve("gone"));
        Files.writeString(folder.resolve("torn.yaml"), "id: [torn\n");
        ConfigProblems problems = new ConfigProblems();
        PolicyLibrary.load(folder, problems);

        assertThat(problems.list())
                .hasSize(2)
                .map(ConfigProblem::toString)
                .first()
                .isEqualTo(folder + "/link.yaml: no such file");
        assertThat(problems.list().getLast().toString()).startsWith(folder + "/torn.yaml:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    window: 30d        | window: 30s         | abandonment.window: must be a duration from 1m to 366d, or calendar-month; is '30s'
                    window: 30d        | window: 367d        | abandonment.window: must be a duration from 1m to 366d, or calendar-month; is '367d'
                    connect-within: 2s | connect-within: 61s | abandonment.connect-within: must be a duration from 0s to 1m; is 1m1s
                    minimum-ring: 15s  | minimum-ring: 181s  | abandonment.minimum-ring: must be a duration up to 3m; is 3m1s
                    limit: 3%          | limit: 101%         | abandonment.limit: must be a percentage from 0% to 100%, for example 3%; is '101%'
                    3 in 24h           | 3 in 367d           | caps.rolling[0]: must be a count and a period up to 366d, for example 3 in 24h; is '3 in 367d'
                    gap: 30m           | gap: 0s             | caps.gap: must be longer than 0s, at most 366d; is 0s
                    {mon: [08:00-20:00]} | {}                | hours.days: has no window at all, so no call could ever be made: give at least one weekday a window, for example mon-fri: [08:00-20:00]
                    {mon: [08:00-20:00]} | ``                | hours: has no days: give windows of each weekday, for example days: {mon-fri: [08:00-20:00]}
                    {mon: [08:00-20:00]} | {mon-sun: []}     | hours.days: has no window at all, so no call could ever be made: give at least one weekday a window, for example mon-fri: [08:00-20:00]
                    """)
    void shouldRefuseLimitsThatNoEngineCanKeep(String right, String wrong, String problem) {
        PolicyReader.read(YamlFile.parse("q.yaml", """
                id: q1
                title: t
                citation: c
                checked: 2026-11-20
                hours:
                  days: {mon: [08:00-20:00]}
                caps: {rolling: [3 in 24h], gap: 30m}
                abandonment:
                  limit: 3%
                  connect-within: 2s
                  window: 30d
                  minimum-ring: 15s
                """.replace(right, wrong), problems));
        assertThat(problems.list())
                .map(found -> found.key() + ": " + found.message())
                .containsExactly(problem);
    }

    @Test
    void shouldRefuseAbandonmentTermsOutOfBounds() {
        assertThatThrownBy(() -> new AbandonmentTerms.Window.Rolling(30_000))
                .hasMessage("windowMillis=30000: must be from 60000 to 31622400000");
        assertThatThrownBy(() -> new AbandonmentTerms(
                        "test",
                        Double.NaN,
                        AbandonmentTerms.Denominator.ALL_ANSWERED,
                        new AbandonmentTerms.Window.CalendarMonth(),
                        AbandonmentTerms.ClockStart.ANSWER,
                        2_000,
                        15_000,
                        "c"))
                .hasMessage("limitRatio=NaN: must be from 0 to 1");
    }

    @Test
    void shouldRefuseQuietPeriodsThatLeaveNoTime() {
        PolicyReader.read(YamlFile.parse("q.yaml", """
                id: q1
                title: t
                citation: c
                checked: 2026-11-20
                hours:
                  days:
                    mon: [09:00-12:00]
                  quiet: [08:00-13:00]
                """, problems));
        assertThat(problems.list())
                .map(ConfigProblem::message)
                .containsExactly("quiet periods cover every window of mon; close the day with [] or shorten them");
    }

    @Test
    void shouldLetUsersReplaceAndAddPolicies(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("us-federal.yaml"), """
                id: us-federal
                title: stricter
                citation: house
                checked: 2026-11-20
                hours: {days: {mon-fri: [10:00-16:00]}}
                """);
        Files.writeString(directory.resolve("house.yaml"), """
                id: house
                title: House rules
                citation: house
                checked: 2026-11-20
                """);
        PolicyLibrary library = PolicyLibrary.load(directory, problems);
        problems.throwIfAny();
        assertThat(Objects.requireNonNull(library.policy("us-federal")).title()).isEqualTo("stricter");
        assertThat(library.policy("house")).isNotNull();
        assertThat(library.policy("fr")).isNotNull();
    }

    @Test
    void shouldRefuseTwoFilesWithOneIdAndAMissingDirectory(@TempDir Path directory) throws IOException {
        String policy = "id: house\ntitle: t\ncitation: c\nchecked: 2026-11-20\n";
        Files.writeString(directory.resolve("a.yaml"), policy);
        Files.writeString(directory.resolve("b.yaml"), policy);
        PolicyLibrary.load(directory, problems);
        PolicyLibrary.load(directory.resolve("none"), problems);
        assertThat(problems.list())
                .map(ConfigProblem::message)
                .containsExactlyInAnyOrder(
                        "'house' is already the policy of " + directory.resolve("a.yaml"),
                        "cannot be listed (there is no such file or folder): must be a folder of *.yaml policy files"
                                + " that this user may read");
    }

    @Test
    void shouldSuggestTheNearestPolicy() {
        List<String> told = new ArrayList<>();
        assertThat(PolicyLibrary.builtIn().find(List.of("fr", "us-fedral"), told::add))
                .hasSize(1);
        assertThat(told).containsExactly("no policy 'us-fedral'; did you mean 'us-federal'?");
    }
}
