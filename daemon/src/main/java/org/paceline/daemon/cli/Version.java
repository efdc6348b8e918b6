package org.paceline.daemon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The product's version, from the build. */
final class Version implements IVersionProvider {

    /** For example {@code 0.1.0}. */
    static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/org/paceline/daemon/version.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"paceline " + text(), "Java " + Runtime.version()};
    }
}
