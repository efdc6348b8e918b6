package org.paceline.daemon.cli;

import java.io.Serial;
import org.paceline.daemon.database.OpeningErrors;

/**
 * A command that cannot go on, for a reason that its user can fix: it is printed on stderr as it is, without a stack
 * trace.
 *
 * <p>A message of several lines is several mistakes, one on each line.
 */
final class CommandFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Exit code of a command that failed. */
    static final int FAILED = 1;

    CommandFailed(String message) {
        super(message);
    }

    /** @param effect the effect of the order: {@code nothing is removed} */
    static CommandFailed database(String command, String effect, Exception e) {
        return new CommandFailed(command + ": " + effect + ", as the database failed: " + OpeningErrors.firstLine(e));
    }
}
