package org.paceline.rules.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.paceline.yaml.ConfigProblems;
import org.paceline.yaml.FileFault;
import org.paceline.yaml.YamlFile;
import org.paceline.yaml.YamlMap;

/**
 * All policies by id: those that come with the product, and the user's own. A user's policy with the id of a built-in
 * one replaces it.
 *
 * <p>Thread: any (immutable).
 */
public final class PolicyLibrary {
    private static final List<String> BUILT_IN = List.of(
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

    private final SortedMap<String, Policy> policies;

    private PolicyLibrary(SortedMap<String, Policy> policies) {
        this.policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    /** The policies that come with the product. */
    public static PolicyLibrary builtIn() {
        ConfigProblems problems = new ConfigProblems();
        PolicyLibrary library = new PolicyLibrary(new PolicyFiles(parseBuiltIn(problems), new TreeMap<>()).read());
        problems.throwIfAny();
        return library;
    }

    /**
     * Loads the built-in policies and those of every {@code *.yaml} file of a directory.
     *
     * @param directory the user's policies; a missing directory is a problem
     * @param problems takes what is wrong in any of the files
     */
    public static PolicyLibrary load(Path directory, ConfigProblems problems) {
        SortedMap<String, YamlMap> own = new TreeMap<>();
        for (Path file : yamlFiles(directory, problems)) {
            int before = problems.list().size();
            YamlMap root = YamlFile.read(file, problems);
            if (root.keys().isEmpty() && problems.list().size() > before) {
                continue; // what it lacks is not known
            }
            String id = PolicyFiles.id(root);
            YamlMap earlier = own.get(id);
            if (earlier != null) {
                root.text(PolicyKeys.ID.name())
                        .place()
                        .problem("'" + id + "' is already the policy of "
                                + earlier.place().file());
            }
            own.put(id.isEmpty() || earlier != null ? file.toString() : id, root);
        }
        return new PolicyLibrary(new PolicyFiles(parseBuiltIn(problems), own).read());
    }

    /** The policy of that id, or null. */
    public @Nullable Policy policy(String id) {
        return policies.get(id);
    }

    /** All policies, by id. */
    public Collection<Policy> all() {
        return policies.values();
    }

    /** Finds policies by id, and reports ids that do not exist. */
    public List<Policy> find(List<String> ids, java.util.function.Consumer<String> problem) {
        List<Policy> found = new ArrayList<>();
        for (String id : ids) {
            Policy policy = policies.get(id);
            if (policy == null) {
                problem.accept(PolicyFiles.unknown(id, policies.keySet()));
            } else {
                found.add(policy);
            }
        }
        return found;
    }

    private static SortedMap<String, YamlMap> parseBuiltIn(ConfigProblems problems) {
        SortedMap<String, YamlMap> files = new TreeMap<>();
        for (String id : BUILT_IN) {
            files.put(id, YamlFile.parse("builtin:" + id + ".yaml", resource(id), problems));
        }
        return files;
    }

    private static String resource(String id) {
        String name = "/org/paceline/rules/policy/" + id + ".yaml";
        try (InputStream in = PolicyLibrary.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> yamlFiles(Path directory, ConfigProblems problems) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return unlisted(directory, e, problems);
        } catch (UncheckedIOException e) {
            return unlisted(directory, Objects.requireNonNull(e.getCause()), problems);
        }
    }

    private static List<Path> unlisted(Path directory, IOException e, ConfigProblems problems) {
        problems.add(
                directory.toString(),
                "cannot be listed (" + FileFault.reason(e)
                        + "): must be a folder of *.yaml policy files that this user may read");
        return List.of();
    }
}
