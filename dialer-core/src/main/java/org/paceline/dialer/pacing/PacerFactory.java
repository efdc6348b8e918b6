package org.paceline.dialer.pacing;

/** Makes the pacer of a dial mode; {@link Pacer#of} unless something else is to be compared with it. */
@FunctionalInterface
public interface PacerFactory {
    Pacer of(DialMode mode);
}
