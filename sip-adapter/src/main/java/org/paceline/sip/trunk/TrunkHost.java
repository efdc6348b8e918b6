package org.paceline.sip.trunk;

import org.paceline.sip.stack.Link;

/**
 * One host of a trunk, as configured. Of several, the one with the lowest priority is tried first; those with equal
 * priority share the calls by weight (RFC 2782), and of those without a weight the first named is tried first.
 *
 * @param host name or address
 * @param port SIP port; 0 for none given: a name is looked up by NAPTR and SRV (RFC 3263)
 * @param weight share of the calls among hosts of equal priority; 0 for none
 * @param link how messages go there
 */
public record TrunkHost(String host, int port, int priority, int weight, Link link) implements Ranked {

    /** Makes the only host of a trunk, by UDP. */
    public TrunkHost(String host, int port) {
        this(host, port, 1, 0);
    }

    /** Makes a host by UDP. */
    public TrunkHost(String host, int port, int priority, int weight) {
        this(host, port, priority, weight, Link.UDP);
    }
}
