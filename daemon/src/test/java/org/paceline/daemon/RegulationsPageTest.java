package org.paceline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.paceline.rules.RuleId;
import org.paceline.rules.policy.Policy;
import org.paceline.rules.policy.PolicyLibrary;

/** The page that maps regulations to rules and tests, against the code. */
class RegulationsPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract|IT))`");

    @Test
    void shouldTellOfEveryRuleAndEveryPolicy() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/regulations.md"));
        assertThat(RuleId.values()).allSatisfy(rule -> assertThat(page).contains("`" + rule.text() + "`"));
        assertThat(PolicyLibrary.builtIn().all())
                .extracting(Policy::id)
                .allSatisfy(id -> assertThat(page).contains("| `" + id + "` |"));
    }

    @Test
    void shouldNameOnlyTestsThatThereAre() throws IOException {
        Set<String> named = new TreeSet<>();
        Matcher matcher = TEST.matcher(Files.readString(ROOT.resolve("docs/regulations.md")));
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        assertThat(named).isNotEmpty();
        assertThat(testClasses()).containsAll(named);
    }

    private static Set<String> testClasses() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("rules", "dialer-core", "sip-adapter", "daemon", "bench")) {
            Path tests = ROOT.resolve(module).resolve("src/test/java");
            if (Files.isDirectory(tests)) {
                try (Stream<Path> files = Files.walk(tests)) {
                    names.addAll(files.map(file -> file.getFileName().toString().replace(".java", ""))
                            .collect(Collectors.toSet()));
                }
            }
        }
        return names;
    }
}
