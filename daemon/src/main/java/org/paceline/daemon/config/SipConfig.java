package org.paceline.daemon.config;

/**
 * {@code sip}: the address that SIP and RTP bind to.
 *
 * @param port UDP; 0 for any free one
 */
public record SipConfig(String host, int port, String callerIdHost, String userAgent) {}
