package org.paceline.daemon.database;

import org.jspecify.annotations.Nullable;

/** The database could not be opened; the message is one line that says where, what and what to do. */
public final class DatabaseException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The reasons why it could not be opened. */
    public enum Reason {
        CORRUPT,
        /** Another process has the H2 file open. */
        IN_USE,
        UNREACHABLE,
        WRONG_PASSWORD,
        /** A newer Paceline has changed the schema. */
        NEWER_SCHEMA,
        OTHER
    }

    private final Reason reason;

    DatabaseException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    DatabaseException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
