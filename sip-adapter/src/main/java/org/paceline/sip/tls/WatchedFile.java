package org.paceline.sip.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was read from files, and is read again when one of them changes. Where it cannot be read then, what was read before
 * stays.
 *
 * <p>Thread: any reads the value, one at a time refreshes.
 */
final class WatchedFile<T> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedFile.class);

    private final String what;
    private final List<Path> files;
    private final Reading<T> reading;
    private String seen;
    private volatile T value;
    private volatile @Nullable String problem;

    /** Reads the files. */
    interface Reading<T> {
        T read() throws TlsException;
    }

    /** @param what the kind of the files, for logs */
    WatchedFile(String what, List<Path> files, Reading<T> reading) throws TlsException {
        this.what = what;
        this.files = files;
        this.reading = reading;
        seen = look();
        value = reading.read();
    }

    T value() {
        return value;
    }

    /** Returns one line on why the files that are there now are not used, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** @return whether there is a new value */
    boolean refresh() {
        String now = look();
        if (now.equals(seen)) {
            return false;
        }
        seen = now;
        try {
            value = reading.read();
            problem = null;
            LOG.info("{}={} event=read-again effect=\"connections made from now on use it\"", what, files.getFirst());
            return true;
        } catch (TlsException e) {
            problem = e.getMessage();
            LOG.error(
                    "{}={} event=not-read-again reason=\"{}\" effect=\"the one before stays in use\"",
                    what,
                    files.getFirst(),
                    e.getMessage());
            return false;
        }
    }

    /** What changes when a file does, whatever its content. */
    private String look() {
        StringBuilder all = new StringBuilder();
        for (Path file : files) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                all.append(found.lastModifiedTime().toMillis())
                        .append(' ')
                        .append(found.size())
                        .append(' ')
                        .append(found.fileKey())
                        .append(';');
            } catch (IOException e) {
                all.append("missing;");
            }
        }
        return all.toString();
    }
}
