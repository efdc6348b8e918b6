package org.paceline.yaml;

/**
 * Where a value stands, and where to tell what is wrong with it.
 *
 * @param file the file as the user named it
 * @param line 1-based
 * @param path path of keys, {@code windows[2].from}; empty for the root
 * @param problems what was found wrong so far
 */
public record Place(String file, int line, String path, ConfigProblems problems) {

    public void problem(String message) {
        problems.add(new ConfigProblem(file, line, path, message));
    }

    /** What works, but not as written: a check refuses it, a run says so and goes on. */
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
