package org.paceline.daemon.gate;

import java.io.IOException;

/** The tables are not what the redo log says they should be: the database has to be made again. */
public final class BadDatabaseException extends IOException {
    private static final long serialVersionUID = 1;

    public BadDatabaseException(String message) {
        super(message);
    }
}
