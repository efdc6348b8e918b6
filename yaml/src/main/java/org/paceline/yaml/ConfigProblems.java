package org.paceline.yaml;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects the problems of one or many files, so that they are reported together.
 *
 * <p>Thread: one at a time.
 */
public final class ConfigProblems {
    private static final Comparator<ConfigProblem> BY_PLACE =
            Comparator.comparing(ConfigProblem::file).thenComparingInt(ConfigProblem::line);

    private final Set<ConfigProblem> found = new LinkedHashSet<>();
    private final Set<ConfigProblem> cautions = new LinkedHashSet<>();

    /** Adds a problem. A problem that is known already, because its value was read twice, is reported once. */
    public void add(ConfigProblem problem) {
        found.add(problem);
    }

    /** Adds a caution: something that works, but not as written. */
    public void caution(ConfigProblem problem) {
        cautions.add(problem);
    }

    /** Returns all cautions, by file and line. */
    public List<ConfigProblem> cautions() {
        return cautions.stream().sorted(BY_PLACE).toList();
    }

    /** Adds a problem of a whole file, for example of one that cannot be read. */
    public void add(String file, String message) {
        add(new ConfigProblem(file, 0, "", message));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns all problems, by file and line. */
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
