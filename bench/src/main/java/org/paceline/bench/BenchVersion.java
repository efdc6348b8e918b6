package org.paceline.bench;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class BenchVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        @Nullable String version = Bench.class.getPackage().getImplementationVersion();
        return new String[] {"paceline-bench " + (version == null ? "of an unpacked build" : version)};
    }
}
