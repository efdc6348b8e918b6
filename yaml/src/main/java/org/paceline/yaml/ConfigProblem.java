package org.paceline.yaml;

/**
 * One problem in a file, and what would be right.
 *
 * @param file the file as the user named it
 * @param line 1-based; 0 where the file as a whole is meant
 * @param key path of the key, {@code trunks[0].port}; empty where the file as a whole is meant
 * @param message one line: what is wrong, what would be right
 */
public record ConfigProblem(String file, int line, String key, String message) {

    /** Returns one line for people: {@code conf/paceline.yaml:12: trunks[0].port: must be …}. */
    @Override
    public String toString() {
        String where = line > 0 ? file + ":" + line : file;
        return key.isEmpty() ? where + ": " + message : where + ": " + key + ": " + message;
    }
}
