package org.paceline.daemon.gate;

/** The disk refused to hold what it was given: the process ends, and the next start reads what the disk has. */
public final class ForceFailedError extends Error {
    private static final long serialVersionUID = 1;

    ForceFailedError(String message, Throwable cause) {
        super(message, cause);
    }
}
