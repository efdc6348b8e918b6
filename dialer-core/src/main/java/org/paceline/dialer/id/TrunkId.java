package org.paceline.dialer.id;

/** A trunk's name, as in the config. */
public record TrunkId(String value) {

    public TrunkId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("TrunkId is blank: must name one");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
