package org.paceline.daemon.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config FILE}, which most commands take. */
final class ConfigOption {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The node's configuration; default: conf/paceline.yaml of the installation.")
    private @Nullable Path file;

    /** Returns the file that was named, else the installation's own. */
    Path file() {
        if (file != null) {
            return file;
        }
        String home = System.getProperty("paceline.home");
        return home == null ? Path.of("conf", "paceline.yaml") : Path.of(home, "conf", "paceline.yaml");
    }
}
