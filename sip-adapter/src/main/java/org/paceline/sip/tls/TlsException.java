package org.paceline.sip.tls;

import java.io.IOException;

/** A certificate, key or trust file that cannot be used. */
public final class TlsException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message one line: which file, what is wrong, what would be right */
    public TlsException(String message) {
        super(message);
    }
}
