package org.paceline.sip.trunk;

import org.paceline.sip.stack.Hop;

/**
 * One address of a trunk to which a call may go.
 *
 * @param host host part of URIs
 * @param uriPort port part of URIs, 0 for none
 * @param hop where messages are sent
 */
public record Destination(String host, int uriPort, Hop hop) {

    /** Returns the address as {@link Hop#text}, for logs. */
    public String text() {
        return hop.text();
    }
}
