package org.paceline.dialer.pacing;

/** Makes the pacer of a dial mode. It is {@link Pacer#of}, unless something else is to be compared with that. */
@FunctionalInterface
public interface PacerFactory {
    Pacer of(DialMode mode);
}
