package org.paceline.sip.line;

import java.util.List;
import org.paceline.dialer.id.AgentId;

/**
 * The phone that is called, and the purpose of the call.
 *
 * @param ways where it is called, one place after the other until one answers; at least one
 * @param forCustomer whether a customer waits for the answer, so that the phone is asked to answer by itself
 */
public record PhoneTarget(AgentId agent, List<PhoneWay> ways, boolean forCustomer) {
    public PhoneTarget {
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("agent=" + agent + " ways=[]: must have one at least");
        }
        ways = List.copyOf(ways);
    }
}
