package org.paceline.sip.dns;

import org.paceline.sip.stack.Transport;

/**
 * SIP over one transport, as DNS names it (RFC 3263 §4.1).
 *
 * @param naptr its service in NAPTR records
 * @param srv the prefix of its SRV records
 */
record Service(Transport transport, String naptr, String srv) {

    static Service of(Transport transport) {
        return switch (transport) {
            case UDP -> new Service(transport, "SIP+D2U", "_sip._udp.");
            case TCP -> new Service(transport, "SIP+D2T", "_sip._tcp.");
            case TLS -> new Service(transport, "SIPS+D2T", "_sips._tcp.");
        };
    }

    String srvName(String host) {
        return srv + host;
    }
}
