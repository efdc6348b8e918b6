package org.paceline.sip.simulation;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetSocketAddress;
import javax.sip.ServerTransaction;
import org.paceline.sip.stack.Hop;

/**
 * An INVITE that came in.
 *
 * @param user the called user: the user part of the Request-URI
 * @param invitesBefore how often the user was called before
 */
record Invitation(SIPRequest request, ServerTransaction transaction, String user, long invitesBefore) {

    String callId() {
        return request.getCallId().getCallId();
    }

    /** Returns the address that the INVITE came from. */
    Hop source() {
        return Hop.udp(new InetSocketAddress(request.getRemoteAddress(), request.getRemotePort()));
    }
}
