package org.paceline.bench.pacing.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.bench.measure.BenchException;
import org.paceline.yaml.ConfigException;

/** The scenarios that come with the bench, and those of users' own files. */
public final class Scenarios {
    /** The names of the scenarios that come with the bench, as {@code scenarios/NAME.yaml}. */
    public static final List<String> NAMES = List.of(
            "constant",
            "switching",
            "ramp",
            "segments",
            "ring-segments",
            "list-replaced",
            "break-third",
            "one-by-one",
            "small-team",
            "bad-list",
            "good-list",
            "machines",
            "two-campaigns",
            "trunk-limit",
            "bimodal-talk",
            "own-pace",
            "month");

    private static final String ENDING = ".yaml";

    private Scenarios() {}

    /**
     * Returns a scenario that comes with the bench; throws {@link IllegalArgumentException} where there is none of that
     * name.
     */
    public static Scenario named(String name) {
        String text = bundled(name);
        if (text == null) {
            throw new IllegalArgumentException("no scenario " + name);
        }
        return ScenarioFile.parse(name, "scenarios/" + name + ENDING, text);
    }

    /**
     * @param nameOrFile a name, or the path of a file
     * @throws BenchException with one line: what is wrong with the file and where, or which names there are
     */
    public static Scenario find(String nameOrFile) throws BenchException {
        try {
            if (NAMES.contains(nameOrFile)) {
                return named(nameOrFile);
            }
            Path file = Path.of(nameOrFile);
            if (!Files.isRegularFile(file)) {
                throw new BenchException("--scenario=" + nameOrFile
                        + ": there is no such file; must be a file or one of " + String.join(", ", NAMES));
            }
            return ScenarioFile.parse(nameOf(file), nameOrFile, Files.readString(file));
        } catch (ConfigException e) {
            int more = e.problems().size() - 1;
            throw new BenchException(e.problems().getFirst() + (more == 0 ? "" : " (and " + more + " more)"), e);
        } catch (IOException e) {
            throw new BenchException("--scenario=" + nameOrFile + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    private static @Nullable String bundled(String name) {
        try (InputStream in = Scenarios.class.getResourceAsStream("/scenarios/" + name + ENDING)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
