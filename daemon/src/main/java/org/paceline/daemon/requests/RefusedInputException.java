package org.paceline.daemon.requests;

/** What a caller asked for cannot be; the message says in one line what, and what would be right. */
public final class RefusedInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public RefusedInputException(String message) {
        super(message);
    }
}
