package org.paceline.dialer.agent;

/** Where an agent's phone is called, a SIP URI such as {@code sip:alice@127.0.0.1:5071}, and when. */
public record AgentAddress(String uri, LineKind line) {

    /** The address of a standing line. */
    public AgentAddress(String uri) {
        this(uri, LineKind.STANDING);
    }
}
