package org.paceline.sip.line;

import java.text.ParseException;
import java.util.List;
import org.paceline.dialer.agent.AgentAddress;
import org.paceline.dialer.id.AgentId;
import org.paceline.sip.dialog.SipCalls;
import org.paceline.sip.media.MediaPlane;
import org.paceline.sip.registrar.Registrar;
import org.paceline.sip.stack.SipCounters;
import org.paceline.sip.tls.TlsTerms;

/**
 * The parts that calls of agents' phones share. Thread: any.
 *
 * @param registrar knows where the phones are that register
 * @param terms on what terms phones are connected to by TLS
 * @param timeoutMillis how long a phone may neither send nor answer before it counts as off the line; 0 for no limit
 */
public record AgentPhones(
        SipCalls calls,
        MediaPlane media,
        Registrar registrar,
        SipCounters counters,
        long timeoutMillis,
        TlsTerms terms) {

    /** The reason why an agent whose phones register cannot be called. */
    public static final String NONE_REGISTERED = "no phone of the agent is registered";

    /**
     * Returns where the agent's phone is called, one place after the other: the phone that registered last is the first.
     *
     * @param at the address of a phone that does not register
     * @return empty where no phone of the agent is registered
     * @throws ParseException with one line that says what is wrong with the address, and what would be right
     */
    public List<PhoneWay> ways(AgentId agent, AgentAddress at) throws ParseException {
        if (!registrar.hasAccount(agent)) {
            return List.of(PhoneWay.to(at));
        }
        return registrar.phones(agent).stream().map(PhoneWay::to).toList();
    }
}
