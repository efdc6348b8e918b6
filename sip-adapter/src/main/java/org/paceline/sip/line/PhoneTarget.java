package org.paceline.sip.line;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;

/**
 * The phone that is called, and the purpose of the call.
 *
 * @param ways where it is called, one place after the other until one answers; at least one
 * @param customer the call whose customer waits for the answer; null for a standing line
 */
public record PhoneTarget(
        AgentId agent, List<PhoneWay> ways, @Nullable CallId customer) {
    public PhoneTarget {
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("agent=" + agent + " ways=[]: must have one at least");
        }
        ways = List.copyOf(ways);
    }

    /** Whether a customer waits for the answer, so that the phone is asked to answer by itself. */
    boolean forCustomer() {
        return customer != null;
    }
}
