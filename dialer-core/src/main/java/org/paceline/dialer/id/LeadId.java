package org.paceline.dialer.id;

/** A row of the lead list. */
public record LeadId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
