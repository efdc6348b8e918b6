package org.paceline.sip.tls;

/**
 * Whom a secured connection is to.
 *
 * @param domain the name, or address, that its certificate must be for: the one that was configured, before any look-up
 *     (RFC 5922 §4)
 */
public record TlsPeer(String domain, TlsTerms terms) {}
