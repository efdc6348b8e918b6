package org.paceline.sip.stack;

import java.text.ParseException;

/** A message that cannot be taken, and the status with which such a request is refused. */
final class MalformedMessage extends ParseException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param reason one line for people, without any text of the message */
    MalformedMessage(int status, String reason) {
        super(reason, 0);
        this.status = status;
    }

    int status() {
        return status;
    }
}
