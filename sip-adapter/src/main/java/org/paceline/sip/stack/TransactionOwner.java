package org.paceline.sip.stack;

import gov.nist.javax.sip.message.SIPResponse;

/**
 * The sender of a request, who is told what became of it. Thread: SIP receive threads, the wheel or the connections'
 * loop; must not block.
 */
public interface TransactionOwner {

    void response(SIPResponse response);

    /** No final response came in time (Timer B or F, RFC 3261 §17.1). */
    void timedOut(String method);

    /** The request could not be brought to its receiver over a connection, and no response came. */
    default void unreachable(Unreachable why) {
        timedOut(why.method());
    }
}
