package org.paceline.daemon.cli;

import org.paceline.daemon.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** Prints the version for {@code paceline --version}. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"paceline " + BuildVersion.text(), "Java " + Runtime.version()};
    }
}
