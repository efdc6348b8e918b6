package org.paceline.daemon.config;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.paceline.daemon.database.Durability;
import org.paceline.daemon.database.JdbcUrls;

/**
 * {@code database}: the place where everything is kept. Exactly one of {@code file} and {@code url} is set.
 *
 * @param file path of the embedded database without its ending, or null
 * @param url JDBC URL of a PostgreSQL server, or null
 * @param connections size of the pool
 * @param durability the failures that a committed batch survives
 * @param logFolder folder of the attempt log and the do-not-call log of a PostgreSQL database
 * @param recoveryLimit how long recovery at the start may take
 * @param copyEvery how often the embedded database is copied
 */
public record DatabaseConfig(
        @Nullable Path file,
        @Nullable String url,
        String user,
        Secret password,
        int connections,
        Durability durability,
        Path logFolder,
        Duration recoveryLimit,
        Duration copyEvery) {
    /** Returns the text, without the URL's password. */
    @Override
    public String toString() {
        return "DatabaseConfig[file=" + file + ", url=" + (url == null ? null : JdbcUrls.masked(url)) + ", user=" + user
                + ", password=" + password + ", connections=" + connections + ", durability=" + durability
                + ", logFolder=" + logFolder + ", recoveryLimit=" + recoveryLimit + ", copyEvery=" + copyEvery
                + "]";
    }
}
