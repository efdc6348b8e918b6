package org.paceline.daemon.gate;

import org.jspecify.annotations.Nullable;

/**
 * The disk refused to hold what it was given, or the database lost what it had: the process ends, and the next start
 * reads what the disk has.
 */
public final class StorageFailedError extends Error {
    private static final long serialVersionUID = 1;

    StorageFailedError(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
