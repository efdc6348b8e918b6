package org.paceline.sip.dialog;

import gov.nist.javax.sip.header.SIPHeader;
import java.util.List;

/**
 * The answer to a REGISTER.
 *
 * @param reason the reason phrase; empty for the usual one
 * @param headers besides those of every response
 */
public record RegisterAnswer(int status, String reason, List<SIPHeader> headers) {
    public RegisterAnswer {
        headers = List.copyOf(headers);
    }

    public RegisterAnswer(int status) {
        this(status, "", List.of());
    }
}
