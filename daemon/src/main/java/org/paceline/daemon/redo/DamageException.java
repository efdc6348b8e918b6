package org.paceline.daemon.redo;

import java.io.IOException;

/** A file of the log or a copy is not as it was written. The message says which, where, and what can be done. */
public final class DamageException extends IOException {
    private static final long serialVersionUID = 1;

    public DamageException(String message) {
        super(message);
    }
}
