package org.paceline.sip.trunk;

/** What is tried in an order (RFC 2782). */
interface Ranked {

    /** Lower is tried first. */
    int priority();

    /** The share among equals; 0 for none. */
    int weight();
}
