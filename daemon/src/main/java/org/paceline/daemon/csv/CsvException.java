package org.paceline.daemon.csv;

/**
 * A list file that cannot be imported; the message is one line that says which file, where, and what would be right.
 */
public final class CsvException extends Exception {
    private static final long serialVersionUID = 1L;

    public CsvException(String message) {
        super(message);
    }

    public CsvException(String message, Throwable cause) {
        super(message, cause);
    }
}
