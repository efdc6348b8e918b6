package org.paceline.daemon.cli;

import org.paceline.daemon.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code paceline --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"paceline " + BuildVersion.text(), "Java " + Runtime.version()};
    }
}
