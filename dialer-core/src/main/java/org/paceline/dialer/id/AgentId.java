package org.paceline.dialer.id;

/** An agent's name, as in the config and the API. */
public record AgentId(String value) {

    public AgentId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("AgentId is blank: must name one");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
