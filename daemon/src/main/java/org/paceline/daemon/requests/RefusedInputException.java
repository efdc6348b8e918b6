package org.paceline.daemon.requests;

/** Thrown for a request that is not possible; the message says in one line what is wrong, and what would be right. */
public final class RefusedInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public RefusedInputException(String message) {
        super(message);
    }
}
