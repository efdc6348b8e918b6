package org.paceline.sip.stack;

import org.jspecify.annotations.Nullable;
import org.paceline.dialer.id.AgentId;
import org.paceline.dialer.id.CallId;
import org.paceline.dialer.id.TrunkId;

/**
 * What one of our calls is for, by which its messages are found.
 *
 * @param call the attempt that it belongs to; null for an agent's standing line
 * @param e164 the number that is called, digits without {@code +}; 0 for a phone
 * @param trunk the trunk that it goes over; null for a phone
 * @param agent whose phone it is; null for a customer
 */
public record CallSubject(
        @Nullable CallId call,
        long e164,
        @Nullable TrunkId trunk,
        @Nullable AgentId agent) {

    public static CallSubject customer(CallId call, long e164, TrunkId trunk) {
        return new CallSubject(call, e164, trunk, null);
    }

    /** @param call whose customer waits for the phone, or null */
    public static CallSubject phone(AgentId agent, @Nullable CallId call) {
        return new CallSubject(call, 0, null, agent);
    }

    /** Returns its name in logs, without a telephone number. */
    public String name() {
        return agent == null ? "call-" + call : "agent-" + agent;
    }
}
