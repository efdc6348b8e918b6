package org.paceline.yaml;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong over one or many files, so that all of it is told together.
 *
 * <p>Thread: one at a time.
 */
public final class ConfigProblems {
    private static final Comparator<ConfigProblem> BY_PLACE =
            Comparator.comparing(ConfigProblem::file).thenComparingInt(ConfigProblem::line);

    private final Set<ConfigProblem> found = new LinkedHashSet<>();
    private final Set<ConfigProblem> cautions = new LinkedHashSet<>();

    /** Adds a problem; one that is known already, because its value was read twice, is told once. */
    public void add(ConfigProblem problem) {
        found.add(problem);
    }

    /** Adds what works, but not as written. */
    public void caution(ConfigProblem problem) {
        cautions.add(problem);
    }

    /** What works, but not as written, by file and line. */
    public List<ConfigProblem> cautions() {
        return cautions.stream().sorted(BY_PLACE).toList();
    }

    /** A problem of a whole file, for example one that cannot be read. */
    public void add(String file, String message) {
        add(new ConfigProblem(file, 0, "", message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All problems, by file and line. */
    public List<ConfigProblem> list() {
        return found.stream().sorted(BY_PLACE).toList();
    }

    /** @throws ConfigException with every problem, if there is one */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(list());
        }
    }
}
