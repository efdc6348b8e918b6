package org.paceline.daemon.database;

import java.nio.file.Path;

/**
 * The place of the database, and how it is used.
 *
 * @param url {@code jdbc:h2:PATH} without options, or {@code jdbc:postgresql://HOST:PORT/NAME}
 * @param user for H2 any name; the first one that opens the file becomes its owner
 * @param password may be empty
 * @param connections most connections at once, at least 4
 * @param durability the failures that a committed batch survives
 */
public record DatabaseSettings(String url, String user, String password, int connections, Durability durability) {
    static final String H2 = "jdbc:h2:";
    static final String POSTGRESQL = "jdbc:postgresql:";
    private static final int USUAL_CONNECTIONS = 8;

    public DatabaseSettings {
        if (!url.startsWith(H2) && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("url=" + JdbcUrls.masked(url) + ": must start with " + H2 + " or "
                    + POSTGRESQL + ", as in jdbc:h2:data/paceline");
        }
        if (url.startsWith(H2) && (url.contains(";") || url.length() == H2.length())) {
            throw new IllegalArgumentException(
                    "url=" + JdbcUrls.masked(url) + ": must be " + H2 + " and a path, without options");
        }
        if (connections < 4) {
            throw new IllegalArgumentException("connections=" + connections + ": must be at least 4");
        }
    }

    /** Makes settings for an H2 database in {@code path.mv.db}, made when it is not there. */
    public static DatabaseSettings embedded(Path path) {
        return new DatabaseSettings(H2 + path.toAbsolutePath(), "sa", "", USUAL_CONNECTIONS, Durability.PROCESS);
    }

    /** Returns the same settings for an H2 file at another path. */
    DatabaseSettings at(Path path) {
        return new DatabaseSettings(H2 + path.toAbsolutePath(), user, password, connections, durability);
    }

    boolean isEmbedded() {
        return url.startsWith(H2);
    }

    /** Returns the H2 database's path without {@code .mv.db}. */
    Path file() {
        String path = url.substring(H2.length());
        return Path.of(path.startsWith("file:") ? path.substring("file:".length()) : path)
                .toAbsolutePath()
                .normalize();
    }

    /** Returns the file that H2 makes of the path of an embedded database. */
    public Path databaseFile() {
        return file().resolveSibling(file().getFileName() + ".mv.db");
    }

    /** Returns the place as errors may show it, without user, password or options. */
    public String place() {
        if (isEmbedded()) {
            return databaseFile().toString();
        }
        int options = url.indexOf('?');
        return JdbcUrls.masked(url.substring("jdbc:".length(), options < 0 ? url.length() : options));
    }

    @Override
    public String toString() {
        return "DatabaseSettings[place=" + place() + ", user=" + user + ", connections=" + connections + ", durability="
                + durability + "]";
    }
}
