package org.paceline.sip.registrar;

import org.paceline.dialer.id.AgentId;

/**
 * What an agent's phone registers with.
 *
 * @param user the user part of its address, and its name in digests
 * @param password never shown
 */
public record PhoneAccount(AgentId agent, String user, String password) {
    @Override
    public String toString() {
        return "PhoneAccount[agent=" + agent + ", user=" + user + ", password=***]";
    }
}
