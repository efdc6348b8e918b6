package org.paceline.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/architecture.md against the sources: its pictures of packages are those of the code, and the classes that it names exist. */
class ArchitecturePageTest {
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES =
            List.of("yaml", "rules", "dialer-core", "sip-adapter", "daemon", "bench");
    private static final Pattern CLASS = Pattern.compile("`((?:[A-Z][a-z0-9]+){2,})(?:\\.\\w+)*`");
    private static final Pattern FIRST = Pattern.compile("\\..*");
    private static final Pattern TYPE = Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");
    private static final Pattern ARROWS = Pattern.compile("^ *(\\w+)(?:\\[[^]]*])?(?: --> (\\w+(?: & \\w+)*))? *$");

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("docs/architecture.md"));
    }

    private static List<Path> sources(String module) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldNameOnlyClassesThatThereAre() throws IOException {
        Set<String> classes = new HashSet<>();
        for (String module : MODULES) {
            for (Path file : sources(module)) {
                TYPE.matcher(Files.readString(file)).results().forEach(type -> classes.add(type.group(1)));
            }
        }
        assertThat(CLASS.matcher(page()).results().map(found -> found.group(1)))
                .filteredOn(name -> !name.endsWith("Test"))
                .isSubsetOf(classes);
    }

    @ParameterizedTest
    @CsvSource({
        "rules, org.paceline.rules",
        "dialer-core, org.paceline.dialer",
        "sip-adapter, org.paceline.sip",
        "daemon, org.paceline.daemon",
        "bench, org.paceline.bench"
    })
    void shouldDrawThePackagesOfEachModuleWithTheirArrows(String module, String base) throws IOException {
        Map<String, Set<String>> drawn = picture(module);
        Map<String, Set<String>> code = code(module, base);

        assertThat(drawn.keySet()).isEqualTo(code.keySet());
        drawn.forEach((from, all) ->
                assertThat(code.get(from)).as("arrows from %s", from).containsAll(all));
        code.forEach((from, all) ->
                assertThat(reach(drawn, from)).as("below %s", from).containsAll(all));
    }

    /** The picture under the heading of the module, with the arrows that it shows. */
    private static Map<String, Set<String>> picture(String module) throws IOException {
        Matcher part = Pattern.compile("### `" + module + "`.*?```mermaid\nflowchart TD\n(.*?)```", Pattern.DOTALL)
                .matcher(page());
        assertThat(part.find()).as("a picture of the packages of %s", module).isTrue();
        Map<String, Set<String>> arrows = new TreeMap<>();
        for (String line : part.group(1).lines().toList()) {
            Matcher arrow = ARROWS.matcher(line);
            assertThat(arrow.matches()).as(line).isTrue();
            Set<String> to = arrows.computeIfAbsent(arrow.group(1), _ -> new TreeSet<>());
            if (arrow.group(2) != null) {
                Pattern.compile(" & ").splitAsStream(arrow.group(2)).forEach(to::add);
            }
        }
        Set.copyOf(arrows.values()).stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet())
                .forEach(name -> arrows.computeIfAbsent(name, _ -> new TreeSet<>()));
        return arrows;
    }

    /** What each package names of the others; packages below a package belong to it, and the module's own has the base's name. */
    private static Map<String, Set<String>> code(String module, String base) throws IOException {
        String own = base.substring(base.lastIndexOf('.') + 1);
        Pattern use = Pattern.compile("\\b" + Pattern.quote(base) + "\\.([a-z]\\w*\\.)?(?:[a-z]\\w*\\.)*[A-Z]");
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Path file : sources(module)) {
            if (file.endsWith("package-info.java")) {
                continue;
            }
            String text = Files.readString(file);
            String name = text.substring(text.indexOf("package ") + 8, text.indexOf(';'));
            String from = name.equals(base)
                    ? own
                    : FIRST.matcher(name.substring(base.length() + 1)).replaceAll("");
            Set<String> to = uses.computeIfAbsent(from, _ -> new TreeSet<>());
            for (MatchResult found : use.matcher(text).results().toList()) {
                String used = found.group(1) == null ? own : found.group(1).replace(".", "");
                if (!used.equals(from)) {
                    to.add(used);
                }
            }
        }
        return uses;
    }

    private static Set<String> reach(Map<String, Set<String>> arrows, String from) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(arrows.get(from));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (reached.add(next)) {
                open.addAll(arrows.get(next));
            }
        }
        return reached;
    }
}
