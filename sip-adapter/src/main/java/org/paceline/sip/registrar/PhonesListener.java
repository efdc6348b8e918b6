package org.paceline.sip.registrar;

import org.paceline.dialer.id.AgentId;

/** Is told which phones there are. Thread: SIP receive threads and the wheel; must not block. */
public interface PhonesListener {

    /** A phone of the agent is there, or is called elsewhere now. */
    void came(AgentId agent, Binding phone);

    /**
     * A phone of the agent is there no more.
     *
     * @param isTakenBack whether the phone itself, or another of its agent, said so; otherwise its registration lapsed
     * @param reason one line for people
     */
    void left(AgentId agent, Binding phone, boolean isTakenBack, String reason);
}
