package org.paceline.daemon.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.paceline.rules.policy.PolicyLibrary;
import org.paceline.yaml.ConfigProblems;
import picocli.CommandLine.Option;

/** {@code --policies FOLDER}. */
final class PoliciesOption {

    @Option(names = "--policies", paramLabel = "FOLDER", description = "A folder of your own policy files.")
    private @Nullable Path folder;

    /** Returns the built-in policies with those of the folder. */
    PolicyLibrary library() {
        if (folder == null) {
            return PolicyLibrary.builtIn();
        }
        ConfigProblems problems = new ConfigProblems();
        PolicyLibrary library = PolicyLibrary.load(folder, problems);
        problems.throwIfAny();
        return library;
    }
}
