package org.paceline.sip.trunk;

/**
 * One host of a trunk, as configured. Of several, the one with the lowest priority is tried first; those with equal
 * priority share the calls by weight (RFC 2782), and of those without a weight the first named is tried first.
 *
 * @param host name or address
 * @param port SIP port, UDP
 * @param weight share of the calls among hosts of equal priority; 0 for none
 */
public record TrunkHost(String host, int port, int priority, int weight) {

    /** Makes the only host of a trunk. */
    public TrunkHost(String host, int port) {
        this(host, port, 1, 0);
    }
}
