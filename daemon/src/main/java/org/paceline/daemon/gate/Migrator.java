package org.paceline.daemon.gate;

import java.io.IOException;

/** Brings the tables to a version of the schema. */
public interface Migrator {
    /** Returns the version that the tables have; an empty text where there are none. */
    String version();

    /** Brings the tables up to a version. */
    void migrateTo(String version) throws IOException;

    /** Returns one for tables that stay as they are. */
    static Migrator at(String version) {
        return new Migrator() {
            @Override
            public String version() {
                return version;
            }

            @Override
            public void migrateTo(String other) throws IOException {
                throw new IOException("the redo log is of schema " + other + ", the tables are of " + version);
            }
        };
    }
}
