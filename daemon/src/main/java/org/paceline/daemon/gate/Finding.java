package org.paceline.daemon.gate;

import java.util.UUID;

/** How a database that was opened stands to its log. */
public sealed interface Finding {
    /** There is no log yet: it begins with what the database has. */
    record Begin(boolean fresh) implements Finding {}

    /** The database lacks this many records, maybe none. */
    record Lacks(long records) implements Finding {}

    /** The log lacks records that the database has, because the machine died, or its files were taken away. */
    record Ahead(UUID store, long last) implements Finding {}

    /** The database has to be made again. */
    record Rebuild(String reason) implements Finding {}

    /** Database and log do not belong together. */
    record Foreign(String reason) implements Finding {}
}
