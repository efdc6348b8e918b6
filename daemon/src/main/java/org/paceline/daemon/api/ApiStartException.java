package org.paceline.daemon.api;

/** The API could not be started; the message is one line for people. */
public final class ApiStartException extends Exception {
    private static final long serialVersionUID = 1L;

    ApiStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
