package org.paceline.daemon.config.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.paceline.yaml.ScalarType;

class ConfigSchemaTest {
    private static final Path CONF = Path.of("src/dist/conf");
    private static final Path NODE = CONF.resolve("paceline.yaml");
    private static final Path CAMPAIGN = CONF.resolve("campaigns/example.yaml");
    private static final Pattern WRITTEN_KEY =
            Pattern.compile("(?m)(?:^[ #]*(?:- )?|[{,] ?)\\{?([0-9]*[a-z][a-z0-9-]*):(?=[ \n](?!\\$))");

    @ParameterizedTest
    @EnumSource
    void shouldStandInTheDistributionAsItIsDeclared(ConfigSchema kind) throws Exception {
        Path file = CONF.resolve("schema/" + ScalarType.written(kind) + ".schema.json");
        assertThat(file).content().as("write it with: paceline check --schema").isEqualTo(kind.text());
    }

    @Test
    void shouldPermitTheReferenceFiles() throws Exception {
        assertThat(problems(ConfigSchema.PACELINE, Files.readString(NODE))).isEmpty();
        assertThat(problems(ConfigSchema.CAMPAIGN, Files.readString(CAMPAIGN))).isEmpty();
    }

    @Test
    void shouldPermitEveryBuiltInPolicy() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("../rules/src/main/resources/org/paceline/rules/policy"))) {
            List<Path> policies =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(policies).hasSizeGreaterThan(10);
            for (Path policy : policies) {
                assertThat(problems(ConfigSchema.POLICY, Files.readString(policy)))
                        .as(policy.toString())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PACELINE | node: {name: n, zone: UTC, drain: 3s}
            PACELINE | node: {name: n, zone: UTC, lease: 40}
            PACELINE | trunks: []
            CAMPAIGN | pacing: {aggressiveness: 0.8}
            CAMPAIGN | pacing: {max-lines: 0}
            CAMPAIGN | approval: {state: runs}
            CAMPAIGN | hours: {days: {someday: [08:00-20:00]}}
            POLICY   | caps: {number-day: 0}
            """)
    void shouldRefuseWhatTheReaderRefuses(ConfigSchema kind, String text) {
        List<Error> inPart = problems(kind, text).stream()
                .filter(problem -> !problem.getKeyword().equals("required"))
                .toList();
        assertThat(inPart).isNotEmpty();
    }

    @Test
    void shouldDemandSectionsWhoseKeysMayNotBeMissing() {
        assertThat(problems(ConfigSchema.PACELINE, "{}"))
                .extracting(Error::getProperty)
                .containsExactlyInAnyOrder("node", "sip", "trunks");
        assertThat(problems(ConfigSchema.CAMPAIGN, "{}"))
                .extracting(Error::getProperty)
                .containsExactlyInAnyOrder("name", "approval", "policies", "caller-id", "caller-ids", "trunks");
    }

    @Test
    void shouldLetAPolicyTakeAwayWhatItExtends() {
        String text =
                "{id: own, extends: us-federal, citation: c, checked: 2026-11-29, caps: {gap: none}, hours: none}";
        assertThat(problems(ConfigSchema.POLICY, text)).isEmpty();
    }

    @Test
    void shouldDeclareEveryKeyOfTheReferenceFiles() throws Exception {
        assertThat(declared(ConfigSchema.PACELINE)).containsAll(written(Files.readString(NODE)));
        Set<String> campaign = declared(ConfigSchema.CAMPAIGN);
        campaign.addAll(Set.of("mon-fri"));
        assertThat(campaign).containsAll(written(Files.readString(CAMPAIGN)));
    }

    @Test
    void shouldDocumentEveryDeclaredKey() throws Exception {
        assertThat(written(Files.readString(NODE))).containsAll(declared(ConfigSchema.PACELINE));
        String rules = Files.readString(Path.of("../docs/rules.md"));
        String campaign = Files.readString(CAMPAIGN);
        assertThat(declared(ConfigSchema.CAMPAIGN))
                .allMatch(key -> campaign.contains(key + ":") || rules.contains(key));
        assertThat(declared(ConfigSchema.POLICY)).allMatch(rules::contains);
    }

    private static List<Error> problems(ConfigSchema kind, String yaml) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(kind.text())
                .validate(yaml, InputFormat.YAML);
    }

    /** Keys before a value, of lines behind {@code #} too; words before a colon in the prose of comments are none. */
    private static Set<String> written(String yaml) {
        Set<String> keys = new TreeSet<>();
        for (String line : yaml.lines().toList()) {
            String content = line.replaceAll("(?<=\\S) +# .*", "");
            WRITTEN_KEY
                    .matcher(content + "\n")
                    .results()
                    .map(ConfigSchemaTest::key)
                    .forEach(keys::add);
        }
        return keys;
    }

    private static String key(MatchResult found) {
        return found.group(1);
    }

    private static Set<String> declared(ConfigSchema kind) throws Exception {
        Set<String> names = new TreeSet<>();
        collect(new ObjectMapper().readTree(kind.text()), names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        JsonNode properties = node.get("properties");
        if (properties != null && properties.isObject()) {
            properties.fieldNames().forEachRemaining(names::add);
        }
        node.forEach(child -> collect(child, names));
    }
}
