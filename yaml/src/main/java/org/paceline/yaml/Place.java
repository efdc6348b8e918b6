package org.paceline.yaml;

/**
 * The place of a value, and the problems to which its faults are added.
 *
 * @param file the file as the user named it
 * @param line 1-based
 * @param path path of keys, {@code windows[2].from}; empty for the root
 * @param problems the problems found so far
 */
public record Place(String file, int line, String path, ConfigProblems problems) {

    public void problem(String message) {
        problems.add(new ConfigProblem(file, line, path, message));
    }

    /** Adds a caution: this works, but not as written. A check refuses it; a run reports it and goes on. */
    public void caution(String message) {
        problems.caution(new ConfigProblem(file, line, path, message));
    }

    Place key(String key, int atLine) {
        return new Place(file, atLine, path.isEmpty() ? key : path + "." + key, problems);
    }

    Place element(int index, int atLine) {
        return new Place(file, atLine, path + "[" + index + "]", problems);
    }
}
