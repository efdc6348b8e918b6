package org.paceline.daemon.config.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.paceline.yaml.ScalarType;

/** Comments and defaults of the reference files against the declared keys. */
class ReferenceFilesTest {
    private static final Pattern KEY = Pattern.compile(
            "(?<indent> *(?:- )?)(?<key>[a-z][a-z0-9-]*):(?: (?<value>[^#]*?))?(?:\\s+# (?<comment>.*))?");
    private static final Pattern MORE = Pattern.compile("\\s{10,}# (.*)");

    /** Keys whose commented line is an example, as they hold within an example only. */
    private static final Set<String> EXAMPLES =
            Set.of("trunks.tariff.connection", "trunks.tariff.increment", "abandonment.minimum-ring");

    private record Line(boolean isCommentedOut, String value, String comment) {}

    @ParameterizedTest
    @CsvSource({"PACELINE, paceline.yaml, 60", "CAMPAIGN, campaigns/example.yaml, 60"})
    void shouldSayWhatIsDeclared(ConfigSchema kind, String file, int leastKeys) throws Exception {
        SortedMap<String, Line> lines = lines(Files.readAllLines(Path.of("src/dist/conf", file)));
        assertThat(lines).hasSizeGreaterThan(leastKeys);
        JsonNode schema = new ObjectMapper().readTree(kind.text());
        SoftAssertions softly = new SoftAssertions();
        lines.forEach((path, line) -> {
            JsonNode key = find(schema, path);
            softly.assertThat(key).as("declaration of " + path).isNotNull();
            if (key != null) {
                softly.assertThat(key.path("description").asText())
                        .as("help of " + path)
                        .startsWith(line.comment);
                if (line.isCommentedOut && key.has("default") && !EXAMPLES.contains(path)) {
                    softly.assertThat(plain(line.value))
                            .as("default of " + path)
                            .isEqualTo(plain(key.get("default").asText()));
                }
            }
        });
        softly.assertAll();
    }

    /** By path, {@code trunks.tariff.prefix}. */
    private static SortedMap<String, Line> lines(List<String> text) {
        SortedMap<String, Line> lines = new TreeMap<>();
        List<String> names = new ArrayList<>();
        List<Integer> indents = new ArrayList<>();
        String path = "";
        for (String written : text) {
            boolean isCommentedOut = written.strip().startsWith("#");
            String content = isCommentedOut ? written.replaceFirst("# ", "") : written;
            Matcher more = MORE.matcher(content);
            Matcher key = KEY.matcher(content);
            if (more.matches() && lines.containsKey(path)) {
                Line line = lines.get(path);
                lines.put(path, new Line(line.isCommentedOut, line.value, line.comment + " " + more.group(1)));
            } else if (key.matches() && !content.contains("$schema")) {
                int indent = key.group("indent").length();
                while (!indents.isEmpty() && indents.getLast() >= indent) {
                    indents.removeLast();
                    names.removeLast();
                }
                indents.add(indent);
                names.add(key.group("key"));
                path = String.join(".", names);
                lines.put(path, new Line(isCommentedOut, orEmpty(key.group("value")), orEmpty(key.group("comment"))));
            } else {
                path = "";
            }
        }
        return lines;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static @Nullable JsonNode find(JsonNode schema, String path) {
        JsonNode at = schema;
        for (String name : path.split("\\.", -1)) {
            JsonNode mapping = at.has("items") ? at.get("items") : at;
            at = mapping.path("properties").get(name);
            if (at == null) {
                return null;
            }
        }
        return at;
    }

    /** The same for 60s and 1m, for 10 and 10.0. */
    private static Object plain(String value) {
        Duration duration = ScalarType.DURATION.parseOrNull(value);
        if (duration != null) {
            return duration;
        }
        return ScalarType.DECIMAL.parseOrNull(value) == null ? value : new BigDecimal(value).stripTrailingZeros();
    }
}
