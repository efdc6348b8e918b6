package org.paceline.daemon.cli;

import java.io.Serial;

/**
 * A command that cannot go on, for a reason that its user can mend: told on stderr as it is, without a stack trace.
 *
 * <p>A message of several lines is several mistakes, one a line.
 */
final class CommandFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Exit code of a command that failed. */
    static final int FAILED = 1;

    CommandFailed(String message) {
        super(message);
    }
}
