package org.paceline.sip.dialog;

import gov.nist.javax.sip.address.SipUri;
import java.util.List;

/**
 * The way to a phone that registered.
 *
 * @param path the proxies that its requests go by (RFC 3327), the nearest to us first
 * @param isFixed whether all requests of the call go where the INVITE goes, because the phone is behind a NAT and its
 * Contact leads nowhere
 */
public record PhoneRoute(List<SipUri> path, boolean isFixed) {

    /** The requests of a call go where the other side's messages say. */
    public static final PhoneRoute NONE = new PhoneRoute(List.of(), false);

    public PhoneRoute {
        path = List.copyOf(path);
    }
}
