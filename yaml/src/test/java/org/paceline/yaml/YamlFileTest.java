package org.paceline.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
    private final ConfigProblems problems = new ConfigProblems();

    private enum Mode {
        ALWAYS,
        ON_DEMAND
    }

    @Test
    void shouldReadEveryTypeAsItIsWritten() {
        YamlMap root = parse("""
                name: NO
                port: 5060
                ratio: 1.5
                tls: true
                ring: 1h30m
                limit: 0.5%
                from: 2028-02-29
                caller-id: "+13055550123"
                mode: on-demand
                lines: [a, b]
                inner:
                  start: 08:00
                """);

        assertThat(root.text("name").required("")).isEqualTo("NO");
        assertThat(root.integer("port").required(0)).isEqualTo(5060);
        assertThat(root.decimal("ratio").required(0.0)).isEqualTo(1.5);
        assertThat(root.flag("tls").required(false)).isTrue();
        assertThat(root.duration("ring").required(Duration.ZERO)).isEqualTo(Duration.ofMinutes(90));
        assertThat(root.percent("limit").required(0.0)).isEqualTo(0.005);
        assertThat(root.date("from").required(LocalDate.EPOCH)).isEqualTo(LocalDate.of(2028, 2, 29));
        assertThat(root.e164("caller-id").required(0L)).isEqualTo(13055550123L);
        assertThat(root.choice("mode", Mode.class).required(Mode.ALWAYS)).isEqualTo(Mode.ON_DEMAND);
        assertThat(root.values("lines", ScalarType.TEXT).required(List.of())).containsExactly("a", "b");
        assertThat(root.section("inner").text("start").required("")).isEqualTo("08:00");
        root.refuseUnknownKeys();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void shouldTellAllProblemsTogetherWithLineAndKey() {
        YamlMap root = parse("""
                port: many
                prot: 1
                trunks:
                  - host: a
                    rate: fast
                  - hots: b
                limit: 3
                zebra: 1
                """);
        root.integer("port").required(1);
        root.percent("limit").required(0.0);
        root.text("name").required("");
        for (YamlMap trunk : root.maps("trunks")) {
            trunk.text("host").required("");
            trunk.duration("rate").orElse(Duration.ZERO);
        }
        root.refuseUnknownKeys();

        assertThat(problems.list())
                .map(ConfigProblem::toString)
                .containsExactly(
                        "a.yaml:1: port: must be a whole number, for example 3; is 'many'",
                        "a.yaml:1: name: is missing: must be text in one line, without control characters",
                        "a.yaml:2: prot: unknown key; did you mean 'port'?",
                        "a.yaml:5: trunks[0].rate: must be a duration, for example 30s, 15m, 2h, 30d or 1h30m; is 'fast'",
                        "a.yaml:6: trunks[1].host: is missing: must be text in one line, without control characters",
                        "a.yaml:6: trunks[1].hots: unknown key; did you mean 'host'?",
                        "a.yaml:7: limit: must be a percentage from 0% to 100%, for example 3%; is '3'",
                        "a.yaml:8: zebra: unknown key; known here: port, limit, name, trunks");
        assertThatThrownBy(problems::throwIfAny)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a.yaml:8: zebra");
    }

    @Test
    void shouldTellOfConditions() {
        YamlMap root = parse("port: 70000\n");
        root.integer("port")
                .must(p -> p > 0 && p < 65_536, "a port from 1 to 65535")
                .orElse(5060);
        assertThat(problems.list())
                .containsExactly(new ConfigProblem("a.yaml", 1, "port", "must be a port from 1 to 65535; is 70000"));
    }

    @Test
    void shouldRefuseDuplicateKeysAliasesAndSecondDocuments() {
        parse("a: 1\nb: &x 2\na: 3\nc: *x\n---\nd: 1\n");
        assertThat(problems.list()).map(ConfigProblem::line).containsExactly(3, 4, 6);
        assertThat(problems.list().getFirst().message()).isEqualTo("is set twice, first in line 1; keep one of them");
    }

    @Test
    void shouldTellOfSyntaxErrorsWithTheirLine() {
        parse("a: 1\nb: [1, 2\nc: 3\n");
        assertThat(problems.list()).hasSize(1);
        assertThat(problems.list().getFirst().line()).isEqualTo(3);
        assertThat(problems.list().getFirst().message())
                .isEqualTo("is not YAML at 3:2 while parsing a flow sequence: expected ',' or ']', but got :, in 'c'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "database:\n  password: hidden: hidden",
                "database:\n  url: [jdbc:postgresql://h/d?password=hidden]",
                "token: 'hidden' hidden",
                "- {token: \"hidden\" hidden}",
                "key: |\n  -----BEGIN PRIVATE KEY-----\n hidden: \"hidden",
                "token: \"\n\thidden\\q",
                "hidden: [hidden",
                "{hidden"
            })
    void shouldNotShowTheValueOfALineThatIsNotYaml(String text) {
        parse(text.replace("hidden", "hid-den?s3cret"));
        assertThat(problems.list())
                .isNotEmpty()
                .noneMatch(problem -> problem.toString().contains("s3cret"));
    }

    @Test
    void shouldTellProblemsInOneLineWhateverTheFileSays() {
        YamlMap root = parse("\"a\\nb\": 1\nname: x\n");
        root.text("name").place().problem("no policy 'us-\r\nfederal'");
        root.text("name").orNull();
        root.refuseUnknownKeys();

        assertThat(problems.list())
                .map(ConfigProblem::toString)
                .contains("a.yaml:2: name: no policy 'us-U+000DU+000Afederal'")
                .noneMatch(line -> line.contains("\n"));
    }

    @Test
    void shouldTellOfAMissingFile() {
        YamlFile.read(Path.of("no-such.yaml"), problems);
        assertThat(problems.list()).map(ConfigProblem::toString).containsExactly("no-such.yaml: no such file");
    }

    @Test
    void shouldTakeAnEmptyFileAsAnEmptyMapping() {
        assertThat(parse("# nothing\n").keys()).isEmpty();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void shouldTakeASectionWithoutKeysAsMissing() {
        YamlMap root = parse("database:\n  # file: x\nagents:\n");
        assertThat(root.map("database").isWritten()).isFalse();
        assertThat(root.section("database").text("file").orElse("here")).isEqualTo("here");
        assertThat(root.maps("agents")).isEmpty();
        root.refuseUnknownKeys();
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void shouldTellOfAKeyWithoutValue() {
        YamlMap root = parse("name:\nother: 1\n");
        root.text("name").required("");
        assertThat(problems.list())
                .map(ConfigProblem::toString)
                .containsExactly("a.yaml:1: name: must be text in one line, without control characters; is empty");
    }

    private YamlMap parse(String text) {
        return YamlFile.parse("a.yaml", text, problems);
    }
}
